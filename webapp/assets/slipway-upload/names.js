// Names that sites read in different ways: to some `photo.id`, `PHOTO_ID` and `photo_id[]` are one.

/** The callback's own, which the server gives. */
export const OWN = [
  'domain', 'upload_token', 'replace_token', 'photo_id', 'tree_id', 'token', 'error_message', 'error_code',
  'fields_omitted',
];

/** Whether a site may take a name for one of these others. */
export function isTaken(name, others) {
  const taken = new Set(others.flatMap(readings));
  return readings(name).some((reading) => taken.has(reading));
}

/** As a whole, and as that of a list or an object; whatever stands around and between its words. */
function readings(name) {
  const parts = fold(name).split(/[.[\]\0]+/).map(plain).filter(Boolean);
  return parts.map((part, i) => parts.slice(0, i + 1).join('_'));
}

function plain(text) {
  return text.replace(/^[^\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_]+$/gu, '').replace(/[^\p{L}\p{M}\p{N}_]+/gu, '_');
}

/** Without case, and the same however a character was written. */
function fold(text) {
  return text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

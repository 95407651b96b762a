// The further fields of the form: on their way with a big file, and where the visitor goes on to.

/**
 * About as many characters as the way back has room for: with more, the head of a request would be
 * longer than servers take.
 */
const MOST_CHARS = 3_000;

/** For the server, or from a client library: no site is told of them. */
const NOT_TOLD = [
  'upload_token', 'replace_token', 'file', 'format', 'callback', 'varname', 'raw', 'name', 'type', 'relativePath',
];
const NOT_TOLD_PREFIX = /^(resumable|flow)/;

/** Those that the site is told of, as `[name, value]` with the line ends that forms are sent with. */
export function further(fields) {
  return fields
    .filter(([name]) => name !== '' && !NOT_TOLD.includes(name) && !NOT_TOLD_PREFIX.test(name))
    .map((field) => field.map((text) => text.replace(/\r\n?|\n/g, '\r\n')));
}

/**
 * They as metadata of a tus upload: those that fit, whole, and how many do not. Those of one name go
 * together, as a part of a list would be a wrong answer.
 */
export function asMetadata(fields) {
  let fitting = [];
  for (const name of namesOf(fields)) {
    const more = [...fitting, ...fields.filter(([each]) => each === name)];
    if (encoded(more).length <= MOST_CHARS) {
      fitting = more;
    }
  }
  const omitted = fields.length - fitting.length;
  return {
    ...(fitting.length > 0 && { form_fields: encoded(fitting) }),
    ...(omitted > 0 && { form_fields_omitted: String(omitted) }),
  };
}

/**
 * An address in which the fields are as they are now, as the visitor may have gone on with the form
 * meanwhile. What was sent and is not in the address as it was, the server or the site has a say in:
 * it stays as it is.
 */
export function renewed(address, sent, now) {
  const url = new URL(address);
  const { searchParams } = url;
  if (searchParams.has('fields_omitted')) {
    return url;
  }
  for (const name of namesOf([...sent, ...now])) {
    const there = searchParams.getAll(name);
    const values = valuesOf(now, name);
    // Untouched where it can be: each change writes the whole query anew.
    if (isSame(there, valuesOf(sent, name)) && !isSame(there, values)) {
      searchParams.delete(name);
      values.forEach((value) => searchParams.append(name, value));
    }
  }
  return url;
}

function encoded(fields) {
  return String(new URLSearchParams(fields));
}

function namesOf(fields) {
  return new Set(fields.map(([name]) => name));
}

function valuesOf(fields, name) {
  return fields.filter(([each]) => each === name).map(([, value]) => value);
}

function isSame(some, others) {
  return some.length === others.length && some.every((value, i) => value === others[i]);
}

// Looks at a file before it is sent; what the server says counts.
import { Failure } from './failure.js';
import { isShrinkable } from './shrink.js';

/** Why a file cannot be taken; null when it can, as far as can be told here. */
export function refusal(file, form) {
  if (file.size === 0) {
    return new Failure('empty');
  }
  // What becomes smaller is looked at then.
  if (!(form.maxPixels && isShrinkable(file))) {
    const failure = tooLarge(file, form);
    if (failure) {
      return failure;
    }
  }
  return isAccepted(file, form.accept) ? null : new Failure('wrong_type');
}

/** Why a file cannot be sent as it is; null when it can. */
export function tooLarge(file, form) {
  return file.size > form.maxBytes ? new Failure('too_large') : null;
}

/** Whether a file is of the types of an `accept` attribute: `image/png`, `video/*`, `.heic`. */
export function isAccepted(file, accept) {
  const types = accept.split(',').map((type) => type.trim().toLowerCase()).filter(Boolean);
  const type = file.type.toLowerCase();
  // Browsers do not know every type; the server will look at the content.
  return types.length === 0 || type === '' || isMistaken(file.name, type) || types.some((each) =>
    each.startsWith('.') ? file.name.toLowerCase().endsWith(each)
      : each.endsWith('/*') ? type.startsWith(each.slice(0, -1)) : type === each);
}

/** Cameras' videos end as programs and 3D models do, and browsers go by the ending. */
function isMistaken(name, type) {
  return /\.(mts|m2ts|m2t|ts)$/i.test(name) && !type.startsWith('video/');
}

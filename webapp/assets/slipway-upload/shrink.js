// Makes pictures smaller before they are sent.

/** What browsers can write, and the quality of it that shows no loss. */
const WRITTEN = ['image/jpeg', 'image/png', 'image/webp'];
const QUALITY = 0.9;

/** So much of a file tells whether it is animated; what comes later is no head of a picture. */
const HEAD_BYTES = 256 << 10;

/** One at a time: a picture of a phone takes 200 MB while it is open. */
let turn = Promise.resolve();

/**
 * The picture of a file with at most so many pixels, upright. The file itself where that is no smaller,
 * where it is no picture, is animated, or the browser cannot read it.
 */
export function shrunk(file, maxPixels) {
  const result = turn.then(() => shrink(file, maxPixels)).catch(() => file);
  turn = result;
  return result;
}

/** Whether a file may become smaller. */
export function isShrinkable({ type }) {
  return WRITTEN.includes(type);
}

async function shrink(file, maxPixels) {
  if (!isShrinkable(file) || isAnimated(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()))) {
    return file;
  }
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    const scale = Math.sqrt(maxPixels / (bitmap.width * bitmap.height));
    const blob = scale < 1 ? await drawn(bitmap, scale, file.type) : null;
    return blob?.type === file.type && blob.size < file.size
      ? new File([blob], file.name, { type: file.type, lastModified: file.lastModified })
      : file;
  } finally {
    bitmap.close();
  }
}

function drawn(bitmap, scale, type) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(bitmap.width * scale));
  canvas.height = Math.max(1, Math.floor(bitmap.height * scale));
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, type, QUALITY));
}

/** Whether the head of a file is that of a WebP or PNG of several pictures. */
export function isAnimated(head) {
  const word = (at) => String.fromCharCode(...head.subarray(at, at + 4));
  if (word(8) === 'WEBP') {
    return word(12) === 'VP8X' && (head[20] & 2) !== 0;
  }
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  for (let at = 8; word(1).startsWith('PNG') && at + 8 <= head.length; at += 12 + view.getUint32(at)) {
    if (word(at + 4) === 'acTL') {
      return true;
    }
    if (word(at + 4) === 'IDAT') {
      return false;
    }
  }
  return false;
}

// Sends a file in chunks, a few at a time, by node's own fetch; the file stands before the fields that tell
// of the chunk. Prints the last answer. Arguments, as JSON: target, token, path, chunkSize, atOnce.

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

const { target, token, path, chunkSize, atOnce } = JSON.parse(process.argv[2]);
const file = await readFile(path);
const name = basename(path);
const count = Math.max(1, Math.floor(file.length / chunkSize));
let retries = 0;
let last;

function form(number) {
  const start = (number - 1) * chunkSize;
  const end = number < count ? start + chunkSize : file.length;
  const fields = new FormData();
  fields.append('upload_token', token);
  fields.append('file', new Blob([file.subarray(start, end)]), name);
  fields.append('resumableChunkNumber', String(number));
  fields.append('resumableChunkSize', String(chunkSize));
  fields.append('resumableTotalSize', String(file.length));
  fields.append('resumableIdentifier', name);
  fields.append('resumableFilename', name);
  fields.append('resumableTotalChunks', String(count));
  return fields;
}

async function send(number) {
  for (let pause = 1000; ; pause *= 2, retries++) {
    const answer = await fetch(target, { method: 'POST', body: form(number) });
    const text = await answer.text();
    if (answer.status === 200) {
      last = JSON.parse(text);
      return;
    }
    if (answer.status === 500 || pause > 4000) {
      throw new Error(`${answer.status} ${text}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

for (let first = 1; first <= count; first += atOnce) {
  const numbers = Array.from({ length: Math.min(atOnce, count - first + 1) }, (_, i) => first + i);
  await Promise.all(numbers.map(send));
}
console.log(JSON.stringify({ last, retries }));

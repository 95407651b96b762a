// Uploads files with tus-js-client, all at once, and prints what came of each as a line of JSON.
// Arguments: the library's folder, and as JSON the endpoint, files (path and token of each), options of
// tus-js-client, and where it may: storage, a file that remembers uploads; pauseAt, bytes to pause after.

const fs = require('node:fs');
const path = require('node:path');

const tus = require(process.argv[2]);
const { endpoint, files, options, storage, pauseAt } = JSON.parse(process.argv[3]);

for (const file of files) {
  let requests = 0;
  let paused = false;
  const tell = (what) => console.log(JSON.stringify({ ...what, requests }));
  const metadata = { filename: path.basename(file.path) };
  // The parts of an upload carry no metadata, only headers.
  const permission = options.parallelUploads
    ? { headers: { Authorization: `Bearer ${file.token}` }, metadata }
    : { metadata: { ...metadata, upload_token: file.token } };
  const upload = new tus.Upload(fs.createReadStream(file.path), {
    endpoint,
    ...(storage && { urlStorage: new tus.FileUrlStorage(storage) }),
    ...permission,
    ...options,
    onBeforeRequest: () => { requests++; },
    onProgress: (sent) => {
      if (pauseAt && sent >= pauseAt && !paused) {
        paused = true;
        upload.abort().then(() => upload.start());
      }
    },
    onError: (error) => {
      const answer = error.originalResponse;
      tell({ status: answer ? answer.getStatus() : 0, message: answer ? answer.getBody() : String(error) });
    },
    onSuccess: () => tell({ url: upload.url, paused }),
  });
  const remembered = storage ? upload.findPreviousUploads() : Promise.resolve([]);
  remembered.then((previous) => {
    if (previous.length > 0) {
      upload.resumeFromPreviousUpload(previous[0]);
    }
    upload.start();
  });
}

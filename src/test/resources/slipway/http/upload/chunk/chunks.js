// The page of a site that uploads with Resumable.js or Flow.js, and what the test sees of it.

const seen = { requests: [], answers: [], errors: [], retries: 0 };
const uploaders = [];

const open = XMLHttpRequest.prototype.open;
XMLHttpRequest.prototype.open = function (method, ...rest) {
  // The clients abort what has failed, and so forget its status, when it is loaded.
  this.addEventListener('readystatechange', () => {
    if (this.readyState === XMLHttpRequest.DONE) {
      seen.requests.push(`${method} ${this.status}`);
    }
  });
  open.call(this, method, ...rest);
};

/** Gives each file that is chosen from now on an uploader of its own; they take turns with the targets. */
function begin(client, options, targets) {
  const input = document.querySelector('#file');
  input.value = '';
  input.onchange = () => [...input.files].forEach((file, i) => {
    const target = targets[i % targets.length];
    uploaders.push(upload(new window[client]({ ...options, target }), file));
  });
}

function upload(uploader, file) {
  const added = uploader instanceof Resumable ? 'filesAdded' : 'filesSubmitted';
  uploader.on(added, () => setTimeout(() => uploader.upload()));
  uploader.on('fileSuccess', (of, message) => seen.answers.push(message));
  uploader.on('fileError', (of, message) => seen.errors.push(message));
  uploader.on('fileRetry', () => seen.retries++);
  uploader.addFile(file);
  return uploader;
}

function pause() {
  uploaders.forEach(uploader => uploader.pause());
}

function resume() {
  uploaders.forEach(uploader => (uploader.resume ?? uploader.upload).call(uploader));
}

// The try-it page: asks the API for an upload token and fills in the form that uses it.
const base = new URL(document.body.dataset.base, location.href);
const issue = document.querySelector('#issue');
const upload = document.querySelector('#upload');
const error = document.querySelector('#issue-error');
const redeem = new URL('api/photo/redeem-upload-token', base);

issue.elements.return_url.value = new URL('try/callback', base).href;

issue.addEventListener('submit', async (event) => {
  event.preventDefault();
  error.hidden = true;
  const parameters = new URLSearchParams(new FormData(issue));
  const key = parameters.get('key');
  parameters.delete('key');
  try {
    const token = await issueToken(parameters, key);
    showForm(token);
    showCall(parameters);
  } catch (failure) {
    error.textContent = failure.message;
    error.hidden = false;
  }
});

async function issueToken(parameters, key) {
  parameters.set('format', 'json');
  const response = await fetch(new URL('api/photo/get-upload-token', base), {
    method: 'POST',
    body: new URLSearchParams([...parameters, ['raw', '1']]),
    headers: { Authorization: `Bearer ${key}` },
  });
  const reply = await response.json();
  if (reply.status !== 'ok') {
    throw new Error(reply.message);
  }
  return reply.uploadtoken;
}

function showForm(token) {
  upload.action = redeem.href;
  upload.elements.upload_token.value = token.upload_token;
  const until = new Date(Number(token.valid_until) * 1000);
  const time = document.querySelector('#valid-until');
  time.dateTime = until.toISOString();
  time.textContent = until.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
  document.querySelector('#form-source').textContent = [
    `<form action="${redeem.href}" method="post" enctype="multipart/form-data">`,
    `  <input type="hidden" name="upload_token" value="${token.upload_token}">`,
    '  <input type="file" name="file" accept="image/*,video/*" required>',
    '  <button>Upload</button>',
    '</form>',
  ].join('\n');
  document.querySelector('#issued').hidden = false;
  document.querySelector('#upload-title').focus();
}

function showCall(parameters) {
  const lines = [...parameters]
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `  --data-urlencode ${quoted(`${name}=${value}`)}`);
  const address = new URL('api/photo/get-upload-token', base).href;
  document.querySelector('#curl-source').textContent = [
    `curl ${address}`,
    '  -H "Authorization: Bearer $SLIPWAY_KEY"',
    ...lines,
  ].join(' \\\n');
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

// Signs one request with npm's oauth-1.0a and prints the Authorization header.
// Its one argument is JSON: url, method, data, consumer {key, secret}, token {key, secret}.
const crypto = require('crypto');
const OAuth = require('oauth-1.0a');

const request = JSON.parse(process.argv[2]);
const oauth = new OAuth({
  consumer: request.consumer,
  signature_method: 'HMAC-SHA1',
  hash_function: (base, key) => crypto.createHmac('sha1', key).update(base).digest('base64'),
});
process.stdout.write(oauth.toHeader(oauth.authorize(request, request.token)).Authorization);

import { base } from './api.js';
import { $, button, confirmed, element, moment, pages, table } from './dom.js';

export function tokensPanel({ call, attempt }) {
  const form = $('#issue');
  form.elements.return_url.value = new URL('try/callback', base).href;
  form.onsubmit = (event) => {
    event.preventDefault();
    attempt(issue, 'Token issued.');
  };

  async function issue() {
    const { uploadtoken } = await call('photo/get-upload-token', given(form));
    const link = $('#issued-link');
    link.href = new URL(`upload/${uploadtoken.upload_token}`, base);
    link.textContent = link.href;
    $('#issued').hidden = false;
    await list(1);
  }

  async function list(page) {
    const reply = await call('upload-token/list', { p: page });
    const rows = reply.uploadtokens.map((token) => [
      element('code', { className: 'cut', title: token.upload_token }, token.upload_token),
      token.title || '–',
      `${token.uploads_left} of ${token.max_uploads}`,
      moment(new Date(Number(token.valid_until) * 1000)),
      element('a', { href: token.return_url, rel: 'noreferrer' }, new URL(token.return_url).host),
      button('Revoke', () => revoke(token, page)),
    ]);
    const heads = ['Token', 'Title', 'Uploads left', 'Valid until', 'Returns to', 'Action'];
    $('#token-list').replaceChildren(table(heads, rows, 'There are no valid upload tokens.'));
    pages($('#token-pages'), reply, (other) => attempt(() => list(other)));
  }

  async function revoke(token, page) {
    if (await confirmed(`After this, nobody can upload with “${token.title || token.upload_token}”.`, 'Revoke')) {
      await attempt(async () => {
        await call('upload-token/revoke', { upload_token: token.upload_token });
        await list(page);
      }, 'Token revoked.');
    }
  }

  return () => list(1);
}

function given(form) {
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));
}

import { base, call } from './api.js';
import { confirmed } from './dialogs.js';
import { acts, anchor, dangerous, element } from './dom.js';
import { area, field, flag, given, grid, input, maker } from './forms.js';
import { shared, sharing } from './links.js';
import { pagedList } from './list.js';
import { attempt } from './news.js';
import { picker } from './picker.js';
import { moment, number, say } from './words.js';

/** The upload tokens, each a link that somebody can be sent. */
export function tokensPanel() {
  const album = picker('album_id');
  const issued = element('div', { id: 'issued', hidden: true });
  const list = pagedList({
    id: 'token-list',
    label: say('tokens'),
    method: 'upload-token/list',
    items: (reply) => reply.uploadtokens,
    heads: [say('title'), say('uploadsLeft'), say('made'), say('validUntil'), say('returnTo'),
      say('action')],
    row: (token) => [
      anchor(addressOf(token), nameOf(token)),
      say('leftOf', { left: number(token.uploads_left), count: number(token.max_uploads) }),
      moment(token.issued_at),
      moment(token.valid_until),
      anchor(token.return_url, new URL(token.return_url).host),
      acts(...(Number(token.uploads_left) > 0 ? sharing(addressOf(token), nameOf(token)) : []),
        dangerous(say('revoke'), () => revoke(token))),
    ],
  });

  async function issue(form) {
    const { uploadtoken: token } = await call('photo/get-upload-token',
      { ...given(form), ...await album.value() });
    issued.replaceChildren(shared(addressOf(token), say('tokens')));
    issued.hidden = false;
    const name = form.elements.title.value || say('untitled');
    await list.load(1);
    return say('createdOf', { name });
  }

  async function revoke(token) {
    const name = nameOf(token);
    if (await confirmed(say('revokeOf', { name }), say('revoke'))) {
      await attempt(async () => {
        await call('upload-token/revoke', { upload_token: token.upload_token });
        await list.load();
        return say('revokedOf', { name });
      });
    }
  }

  const making = maker(say('issueToken'), [
    field(say('returnTo'),
      input('return_url', {
        type: 'url', required: true, defaultValue: new URL('try/callback', base).href,
      }), say('returnHelp')),
    grid(
      field(say('title'), input('title', { dir: 'auto' })),
      field(say('tags'), input('tags', { dir: 'auto' })),
      album.field),
    field(say('description'), area('description', { dir: 'auto' })),
    grid(
      field(say('minutes'), input('valid_minutes',
        { type: 'number', min: 15, max: 1440, defaultValue: '180' })),
      field(say('files'), input('max_uploads',
        { type: 'number', min: 1, max: 10, defaultValue: '1' }))),
    flag('publish', say('publishAtOnce'), true),
  ], { id: 'issue', attempt, act: issue });
  return { name: 'tokens', content: [making, issued, ...list.nodes], show: () => list.load() };
}

const addressOf = (token) => new URL(`upload/${token.upload_token}`, base).href;

const nameOf = (token) => token.title
  || (token.photo_id ? say('replacesOf', { id: token.photo_id }) : say('untitled'));

import { call } from './api.js';
import { confirmed } from './dialogs.js';
import { acts, dangerous, element, table } from './dom.js';
import { choice, field, flag, given, grid, input, maker } from './forms.js';
import { attempt } from './news.js';
import { picker } from './picker.js';
import { onlyNow } from './secrets.js';
import { moment, say } from './words.js';

const same = (...values) => Object.fromEntries(values.map((value) => [value, value]));

/** The keys of those who call the API. */
export function credentialsPanel() {
  const user = picker('user_id');
  const made = element('div', { id: 'made-credential', hidden: true });
  const list = element('div', { id: 'credential-list' });

  async function create(form) {
    const { credential } = await call('credential/create',
      { ...given(form), ...await user.value() });
    onlyNow(made, {
      [say('key')]: credential.key,
      ...Object.fromEntries(
        ['consumer_key', 'consumer_secret', 'access_token', 'access_token_secret']
          .map((name) => [name, credential[name]])),
    });
    await load();
    return say('createdOf', { name: credential.name });
  }

  async function load() {
    const { credentials } = await call('credential/list');
    const rows = credentials.map((credential) => [
      credential.name,
      credential.level,
      credential.kind,
      credential.user_id ? `#${credential.user_id}` : '–',
      moment(credential.created),
      acts(dangerous(say('revoke'), () => revoke(credential))),
    ]);
    const heads =
      [say('name'), say('level'), say('kind'), say('user'), say('made'), say('action')];
    list.replaceChildren(table(heads, rows));
  }

  async function revoke(credential) {
    const { name } = credential;
    const keep = flag('keep_tokens', say('keepTokens'));
    if (await confirmed(say('revokeOf', { name }), say('revoke'), keep)) {
      await attempt(async () => {
        const { credential_id } = credential;
        const keep_tokens = keep.firstChild.checked ? 1 : 0;
        await call('credential/revoke', { credential_id, keep_tokens });
        await load();
        return say('revokedOf', { name });
      });
    }
  }

  const making = maker(say('makeCredential'), [
    grid(
      field(say('name'), input('name', { required: true, autocomplete: 'off', dir: 'auto' })),
      field(say('level'), choice('level', same('read', 'write', 'admin', 'super'), 'write')),
      field(say('kind'), choice('kind', same('bearer', 'oauth', 'both'), 'bearer')),
      user.field),
  ], { id: 'make-credential', attempt, act: create });
  return { name: 'credentials', content: [making, made, list], show: load };
}

import { $, button, confirmed, table } from './dom.js';

export function credentialsPanel({ call, attempt }) {
  const form = $('#make-credential');
  form.onsubmit = (event) => {
    event.preventDefault();
    attempt(make, 'Credential created.');
  };

  async function make() {
    const given = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));
    const { credential } = await call('credential/create', given);
    const made = $('#made-credential');
    made.querySelector('code').textContent = credential.key;
    made.hidden = false;
    form.reset();
    await list();
  }

  async function list() {
    const { credentials } = await call('credential/list');
    const rows = credentials.map((credential) => [
      credential.name,
      credential.level,
      credential.user_id || '–',
      button('Revoke', () => revoke(credential)),
    ]);
    $('#credential-list').replaceChildren(
      table(['Name', 'Level', 'User', 'Action'], rows, 'There are no credentials.'));
  }

  async function revoke(credential) {
    if (await confirmed(`“${credential.name}” will stop working.`, 'Revoke')) {
      await attempt(async () => {
        await call('credential/revoke', { credential_id: credential.credential_id });
        await list();
      }, `“${credential.name}” revoked.`);
    }
  }

  return list;
}

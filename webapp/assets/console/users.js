import { base, call, may } from './api.js';
import { ask, confirmed } from './dialogs.js';
import { acts, anchor, button, dangerous } from './dom.js';
import { field, given, grid, input, maker, notifying, searchForm } from './forms.js';
import { pagedList } from './list.js';
import { attempt } from './news.js';
import { moment, say, seconds } from './words.js';

/** The users: those whom uploads belong to. */
export function usersPanel() {
  let search = '';
  const list = pagedList({
    id: 'user-list',
    label: say('users'),
    method: 'user/list',
    items: (reply) => reply.users,
    asked: () => ({ search }),
    heads: [say('name'), say('username'), say('email'), say('timezone'), say('made'),
      say('action')],
    row: (user) => [
      anchor(new URL(`user/${user.user_id}`, base).href, nameOf(user)),
      user.username,
      user.email || '–',
      user.timezone || '–',
      moment(seconds(user.creation_date_ansi)),
      acts(
        ...(may('admin') ? [button(say('edit'), () => edit(user))] : []),
        ...(may('super') ? [dangerous(say('endSessions'), () => endSessions(user))] : [])),
    ],
  });

  async function create(form) {
    const said = given(form);
    const { display_name: name, username, email } = said;
    await call('user/create', said);
    await list.load(1);
    return say('createdOf', { name: name ?? username ?? email });
  }

  async function edit(user) {
    const isDone = await ask({
      title: nameOf(user),
      yes: say('save'),
      content: fields(user),
      act: (form) => call('user/update',
        { user_id: user.user_id, ...given(form, { withEmpty: true }) }),
    });
    if (isDone) {
      await attempt(async () => {
        await list.load();
        return say('saved');
      });
    }
  }

  async function endSessions(user) {
    const name = nameOf(user);
    if (await confirmed(`${say('endSessions')}: ${name}`, say('endSessions'))) {
      await attempt(async () => {
        await call('session/revoke', { user_id: user.user_id });
        return say('sessionsEndedOf', { name });
      });
    }
  }

  const making = may('admin')
    ? [maker(say('makeUser'), fields({}), { id: 'make-user', attempt, act: create })]
    : [];
  const finding = searchForm('user-search', say('search'), (values) => {
    search = values.search;
    attempt(() => list.load(1));
  });
  return { name: 'users', content: [...making, finding, ...list.nodes], show: () => list.load() };
}

function fields(user) {
  return [
    grid(
      field(say('username'), input('username',
        { required: true, autocomplete: 'off', defaultValue: user.username ?? '' })),
      field(say('name'), input('display_name',
        { autocomplete: 'off', defaultValue: user.display_name ?? '', dir: 'auto' }))),
    grid(
      field(say('email'), input('email',
        { type: 'email', autocomplete: 'off', defaultValue: user.email ?? '' })),
      field(say('timezone'), input('timezone',
        { placeholder: 'Europe/Copenhagen', defaultValue: user.timezone ?? '' }))),
    ...notifying(user),
  ];
}

const nameOf = (user) => user.display_name || user.username;

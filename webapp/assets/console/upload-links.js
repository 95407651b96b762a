import { base, call, may } from './api.js';
import { ask, confirmed } from './dialogs.js';
import { acts, anchor, button, dangerous, element } from './dom.js';
import { field, flag, given, grid, input, maker, notifying } from './forms.js';
import { shared, sharing } from './links.js';
import { pagedList } from './list.js';
import { attempt } from './news.js';
import { picker } from './picker.js';
import { moment, number, say, size } from './words.js';

const STATES = { open: 'linkOpen', full: 'linkFull', ended: 'linkEnded', withdrawn: 'linkRevoked' };
const UNTIL = 'valid_until';

/** The links that stand, for many guests. */
export function uploadLinksPanel() {
  const album = picker('album_id');
  const user = may('super') ? picker('user_id') : null;
  const made = element('div', { id: 'made-link', hidden: true });
  const list = pagedList({
    id: 'link-list',
    label: say('links'),
    method: 'upload-link/list',
    items: (reply) => reply.uploadlinks,
    heads: [say('name'), say('state'), say('guests'), say('files'), say('size'), say('validUntil'),
      say('action')],
    row: (link) => [
      anchor(addressOf(link), nameOf(link)),
      say(STATES[link.state]),
      number(link.guests),
      number(link.files),
      size(link.bytes),
      moment(link.valid_until),
      acts(...actsOn(link)),
    ],
  });

  function actsOn(link) {
    if (link.state === 'withdrawn') {
      return [];
    }
    return [
      ...sharing(addressOf(link), nameOf(link)),
      button(say('edit'), () => edit(link)),
      dangerous(say('revoke'), () => revoke(link)),
    ];
  }

  async function create(form) {
    const { uploadlink: link } = await call('upload-link/create',
      { ...said(form), ...await album.value(), ...await user?.value() });
    made.replaceChildren(shared(addressOf(link), nameOf(link)));
    made.hidden = false;
    await list.load(1);
    return say('createdOf', { name: nameOf(link) });
  }

  async function edit(link) {
    const other = picker('album_id', link.album_id);
    const isDone = await ask({
      title: nameOf(link),
      yes: say('save'),
      content: fields(link, other),
      act: async (form) => call('upload-link/update',
        { upload_link: link.upload_link, ...said(form, true), ...await other.value() }),
    });
    if (isDone) {
      await attempt(async () => {
        await list.load();
        return say('saved');
      });
    }
  }

  async function revoke(link) {
    const name = nameOf(link);
    if (await confirmed(say('revokeOf', { name }), say('revoke'))) {
      await attempt(async () => {
        await call('upload-link/revoke', { upload_link: link.upload_link });
        await list.load();
        return say('revokedOf', { name });
      });
    }
  }

  const making = maker(say('makeLink'),
    [...fields({}, album), ...(user ? [user.field] : [])],
    { id: 'make-link', attempt, act: create });
  return { name: 'links', content: [making, made, ...list.nodes], show: () => list.load() };
}

/** What can be said of a link, with what is said of it so far. */
function fields(link, album) {
  const count = (name, max) =>
    input(name, { type: 'number', min: 0, max, defaultValue: link[name] ?? '0' });
  const isNew = link.upload_link === undefined;
  return [
    grid(
      field(say('name'), input('name', { defaultValue: link.name ?? '', dir: 'auto' })),
      field(say('validUntil'), input(UNTIL,
        { type: 'datetime-local', defaultValue: isNew ? '' : local(link[UNTIL]) }))),
    grid(
      field(say('mostGuests'), count('max_guests'), say('zeroHelp')),
      field(say('mostFiles'), count('max_files'), say('zeroHelp')),
      field(say('filesEach'), input('max_uploads',
        { type: 'number', min: 1, max: 10, defaultValue: link.max_uploads ?? '10' }))),
    grid(
      field(say('title'), input('title', { defaultValue: link.title ?? '', dir: 'auto' })),
      field(say('tags'), input('tags', { defaultValue: link.tags ?? '', dir: 'auto' })),
      album.field),
    ...(isNew ? [field(say('password'),
      input('password', { type: 'password', autocomplete: 'new-password' }),
      say('passwordHelp'))] : []),
    flag('publish', say('publishAtOnce'), link.publish !== '0'),
    ...notifying(link),
  ];
}

/** What the form says, its time as the API takes it. */
function said(form, withEmpty = false) {
  const { [UNTIL]: until, ...rest } = given(form, { withEmpty });
  return until ? { ...rest, [UNTIL]: new Date(until).toISOString() } : rest;
}

/** A moment as a field has it, in the reader's own time. */
function local(seconds) {
  const date = new Date(Number(seconds) * 1000);
  return new Date(date - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const addressOf = (link) => new URL(`drop/${link.upload_link}`, base).href;

const nameOf = (link) => link.name || link.title || say('untitled');

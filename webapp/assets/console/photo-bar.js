// What is done to the chosen photos, and what is said of it.
import { toEach } from './bulk.js';
import { ask, confirmed } from './dialogs.js';
import { button, dangerous, element } from './dom.js';
import { field, input } from './forms.js';
import { attempt, complain, lines, tell } from './news.js';
import { collecting, deleting, publishing, tagging, undoing, untagging } from './photo-acts.js';
import { nameOf } from './photo-card.js';
import { picker } from './picker.js';
import { number, say } from './words.js';

/** The end of the act that was asked for last. */
let before = Promise.resolve();

/**
 * Does an act to photos once those before it are over, says what came of it, and offers to undo it.
 *
 * @param chosen gives the photos when it is their turn
 * @param over gets the photos it was done to, before that is said
 */
export function does(name, chosen, act, over) {
  before = before.then(() => attempt(() => doNow(name, chosen(), act, over)));
  return before;
}

async function doNow(name, photos, act, over) {
  if (photos.length === 0) {
    return; // The act before was done to them.
  }
  const working = (count) =>
    tell(say('working', { done: number(count), count: number(photos.length) }));
  working(0);
  const { done, failed } = await toEach(photos, act, working);
  // What was done is said and can be undone, whether or not it can be shown.
  const trouble = await over(done.map(({ thing }) => thing)).then(() => [], (failure) =>
    [failure.message]);
  const undo = undoOf(done.filter(({ result }) => result !== null), over);
  const all = say('didAll', { act: name, count: done.length });
  if (failed.length === photos.length && photos.length === 1) {
    complain(failed[0].reason);
  } else if (failed.length > 0) {
    complain(
      say('didSome', { act: name, done: number(done.length), count: number(photos.length) }),
      lines(failed.map(({ thing, reason }) => say('failureOf', { name: nameOf(thing), reason }))),
      ...undo);
  } else if (trouble.length > 0) {
    complain(all, lines(trouble), ...undo);
  } else {
    tell(all, ...undo);
  }
}

function undoOf(changes, over) {
  const things = changes.map((change) => ({ ...change.thing, change }));
  return changes.length === 0 ? [] : [' ', button(say('undo'), () =>
    does(say('undone'), () => things, async ({ change }) => {
      await undoing(change);
      return null;
    }, over))];
}

/** Asks for tags, and gives them to an act. */
async function withTags(title, make, start) {
  const tags = input('tags', { required: true, autocomplete: 'off', dir: 'auto' });
  if (await ask({ title, yes: title, content: [field(say('tags'), tags)] })) {
    await start(title, make(tags.value));
  }
}

async function withAlbum(title, start) {
  const album = picker('album_id');
  let chosen;
  const isGiven = await ask({
    title, yes: title, content: [album.field],
    act: async () => {
      chosen = (await album.value()).album_id;
      if (!chosen) {
        throw new Error(say('noneOf', { name: '' }));
      }
    },
  });
  if (isGiven) {
    await start(title, collecting(chosen));
  }
}

/** Deletes photos, once that was said to be meant. */
export async function deleteAll(photos, over) {
  const title = photos.length === 1
    ? say('deleteOf', { name: nameOf(photos[0]) })
    : say('deleteSelected', { count: photos.length });
  if (await confirmed(title, say('remove'))) {
    await does(say('remove'), () => photos, deleting, over);
  }
}

/** The bar of a selection; `render` shows how it is now. */
export function photoBar(selection, { over, selectPage, clear }) {
  const count = element('output', {});
  const start = (name, act) => does(name, () => selection.all, act, over);
  const bar = element('div', { className: 'selection' },
    button(say('selectPage'), selectPage),
    element('div', { className: 'chosen', hidden: true },
      count,
      button(say('publish'), () => start(say('publish'), publishing(1)), ''),
      button(say('hide'), () => start(say('hide'), publishing(0))),
      button(say('addTag'), () => withTags(say('addTag'), tagging, start)),
      button(say('removeTag'), () => withTags(say('removeTag'), untagging, start)),
      button(say('putInAlbum'), () => withAlbum(say('putInAlbum'), start)),
      dangerous(say('remove'), () => deleteAll(selection.all, over)),
      button(say('clearSelection'), clear)));
  function render() {
    const { elsewhere } = selection;
    bar.lastChild.hidden = selection.count === 0;
    count.textContent = say('selected', { count: selection.count })
      + (elsewhere > 0 ? ` (${say('elsewhere', { count: elsewhere })})` : '');
  }
  return { bar, render };
}

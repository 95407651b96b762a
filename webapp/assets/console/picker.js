// A field for an album or a user, chosen by name from what the API finds.
import { call } from './api.js';
import { element, withAttributes } from './dom.js';
import { say } from './words.js';

const KINDS = {
  album_id: {
    label: 'album',
    find: (search) => call('album/list', { search, include_hidden_p: 1, orderby: 'title' }),
    list: (reply) => reply.albums.map(({ album_id: id, title }) => ({ id, name: title })),
  },
  user_id: {
    label: 'user',
    find: (search) => call('user/list', { search }),
    list: (reply) => reply.users.map(({ user_id: id, username, display_name: name }) =>
      ({ id, name: name || username })),
  },
};

/** How long nobody may have typed before it is asked what there is. */
const PAUSE = 200;
const NUMBERED = /\(#(\d+)\)$|^(\d+)$/;

let count = 0;

/**
 * Makes one.
 *
 * @param kind `album_id` or `user_id`
 * @param was the numbers that stay where nothing is chosen, comma-separated
 * @returns { field, value }: what to put into a form, and a function that resolves to the parameter,
 *     or to nothing where the field is empty
 */
export function picker(kind, was = '') {
  const options = element('datalist', { id: `picker-${++count}` });
  const control = withAttributes(element('input',
    { autocomplete: 'off', dir: 'auto', placeholder: was.replace(/\d+/g, '#$&') }),
    { list: options.id, 'data-picker': kind });
  let timer;

  async function look() {
    const found = await find(kind, control.value.replace(NUMBERED, '').trim());
    options.replaceChildren(...found.map((each) => element('option', { value: named(each) })));
  }

  control.addEventListener('focus', () => look().catch(() => {}), { once: true });
  control.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => look().catch(() => {}), PAUSE);
  });
  return {
    field: element('label', {}, say(KINDS[kind].label), control, options),
    value: async () => {
      const name = control.value.trim();
      return name === '' ? {} : { [kind]: await numberOf(kind, name) };
    },
  };
}

const find = async (kind, search) => KINDS[kind].list(await KINDS[kind].find(search));

const named = ({ id, name }) => `${name} (#${id})`;

/** The number of what is called so: of a name alone, where one thing has it. */
async function numberOf(kind, name) {
  const [, ofList, alone] = NUMBERED.exec(name) ?? [];
  if (ofList ?? alone) {
    return ofList ?? alone;
  }
  const wanted = name.toLocaleLowerCase();
  const found = await find(kind, name);
  const same = found.filter((each) => each.name.toLocaleLowerCase() === wanted);
  const matching = same.length > 0 ? same : found;
  if (matching.length !== 1) {
    throw new Error(say(matching.length === 0 ? 'noneOf' : 'severalOf', { name }));
  }
  return matching[0].id;
}

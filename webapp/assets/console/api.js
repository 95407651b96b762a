// The API as the console calls it. The key is shown once, for a session whose cookie no script can read.
import { ask } from './dialogs.js';
import { field, input } from './forms.js';
import { say } from './words.js';

export const base = new URL(document.body.dataset.base, location.href);

async function answer(method, parameters, headers) {
  try {
    const response = await fetch(new URL(`api/${method}`, base), {
      method: 'POST',
      body: new URLSearchParams({ ...parameters, format: 'json', raw: '1' }),
      headers: { ...headers, 'X-Slipway-Session': '1' },
    });
    return { reply: await response.json(), status: response.status };
  } catch {
    throw new Error(say('noAnswer')); // None, or that of a proxy: browsers say it in their own words.
  }
}

async function send(method, parameters, headers) {
  const { reply, status } = await answer(method, parameters, headers);
  if (reply.status !== 'ok') {
    throw Object.assign(new Error(wordsOf(reply)), { code: reply.code, status });
  }
  return reply;
}

/** What an error says in the reader's language, where there is such; else what developers are told. */
function wordsOf({ code, error_message: said, message }) {
  return said || (code?.startsWith('no_such_') ? say('gone') : message);
}

/** The field for a key. */
export const keyField = () => field(say('key'),
  input('key', { type: 'password', autocomplete: 'off', required: true }), say('keyHelp'));

/** Begins a session with the key that a form has; resolves to what it may do. */
export async function signIn(form) {
  const key = form.elements.key.value.trim();
  try {
    return (await send('session/sign-in', {}, { Authorization: `Bearer ${key}` })).permission_level;
  } catch (failure) {
    throw failure.status === 401 ? new Error(say('keyUnknown')) : failure;
  }
}

/** Asks for a key where the session has ended, once for all calls: what is done meanwhile stays. */
let asking = null;

function signInAgain() {
  asking ??= ask({
    title: say('sessionOver'),
    yes: say('signIn'),
    content: [keyField()],
    act: async (form) => {
      if (await signIn(form) !== level()) {
        window.location.reload(); // Another key, which may do other things.
      }
    },
  }).then((isDone) => {
    asking = null;
    if (!isDone) {
      window.location.reload();
      throw new Error(say('sessionOver'));
    }
  });
  return asking;
}

/** Calls a method by the session; where that has ended, once a new one has begun. */
export async function call(method, parameters = {}) {
  try {
    return await send(method, parameters, {});
  } catch (failure) {
    if (failure.status !== 401) {
      throw failure;
    }
    await signInAgain();
    return call(method, parameters);
  }
}

const LEVELS = ['none', 'anonymous', 'read', 'write', 'admin', 'super'];

const level = () => document.getElementById('console').dataset.level;

/** Whether who is signed in has a level, or one above it. */
export const may = (wanted) => LEVELS.indexOf(level()) >= LEVELS.indexOf(wanted);

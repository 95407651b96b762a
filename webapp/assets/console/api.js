// The API as the console calls it. The key is shown once, for a session whose cookie no script can read.
export const base = new URL(document.body.dataset.base, location.href);

async function send(method, parameters, headers) {
  const response = await fetch(new URL(`api/${method}`, base), {
    method: 'POST',
    body: new URLSearchParams({ ...parameters, format: 'json', raw: '1' }),
    headers: { ...headers, 'X-Slipway-Session': '1' },
  });
  const reply = await response.json();
  if (reply.status !== 'ok') {
    throw Object.assign(new Error(reply.message), { code: reply.code, status: response.status });
  }
  return reply;
}

export const signIn = (key) => send('session/sign-in', {}, { Authorization: `Bearer ${key}` });

/** Calls a method by the session; where that has ended, the page starts anew. */
export async function call(method, parameters = {}) {
  try {
    return await send(method, parameters, {});
  } catch (failure) {
    if (failure.status === 401) {
      window.location.reload();
    }
    throw failure;
  }
}

const LEVELS = ['none', 'anonymous', 'read', 'write', 'admin', 'super'];

/** Whether who is signed in has a level, or one above it. */
export const may = (level) =>
  LEVELS.indexOf(document.getElementById('console').dataset.level) >= LEVELS.indexOf(level);

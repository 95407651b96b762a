// The API as the console calls it. The key lives in this closure only, never in a store or an address.
export const base = new URL('../..', import.meta.url);

export function signIn(key) {
  return async function call(method, parameters = {}) {
    const response = await fetch(new URL(`api/${method}`, base), {
      method: 'POST',
      body: new URLSearchParams({ ...parameters, format: 'json', raw: '1' }),
      headers: { Authorization: `Bearer ${key}` },
    });
    const reply = await response.json();
    if (reply.status !== 'ok') {
      throw Object.assign(new Error(reply.message), { code: reply.code });
    }
    return reply;
  };
}

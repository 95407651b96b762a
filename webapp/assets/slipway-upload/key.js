// What tells a request that is sent again from a new one.

/**
 * Refusals of a key: it was another file's, or its photo has been deleted since. A key of an earlier
 * page says nothing of this file then.
 */
const OF_KEYS = [404, 409, 410, 422];

/** An Idempotency-Key of its own. */
export function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * The key of one file that no other page knows: `get()` gives it, `renew()` another. `url()` gives the
 * address of what was made with it, once `keepUrl(url)` has noted it for later pages.
 * `forget()` is of a file that is given up.
 */
export function ownKey() {
  let key = randomKey();
  return {
    get: async () => ({ key, isOfBefore: false }),
    renew: async () => (key = randomKey()),
    url: async () => undefined,
    keepUrl: async () => {},
    forget: async () => {},
  };
}

/** Sends by `send(key)`, and once more with another key where one of an earlier page is refused. */
export async function withKey(keys, send) {
  const { key, isOfBefore } = await keys.get();
  try {
    return await send(key);
  } catch (error) {
    if (!isOfBefore || error.isOfProxy || !OF_KEYS.includes(error.status)) {
      throw error;
    }
    return send(await keys.renew());
  }
}

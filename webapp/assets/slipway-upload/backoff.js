// How long to wait before the next try.

const FIRST_MILLIS = 1_000;
const LONGEST_MILLIS = 30_000;
const LONGEST_ASKED_MILLIS = 300_000;

/**
 * Milliseconds to wait: twice as long each time, spread so that visitors who lost the server
 * together do not come back together, and never shorter than the server asked for.
 */
export function delay(tries, retryAfterSeconds, random = Math.random()) {
  const most = Math.min(FIRST_MILLIS * 2 ** tries, LONGEST_MILLIS);
  const asked = Math.min(retryAfterSeconds * 1000, LONGEST_ASKED_MILLIS);
  return Math.max(most / 2 + (most / 2) * random, asked);
}

/** Waits; ends early when the network comes back or `wake` is signalled, never while offline. */
export function wait(millis, signal, wake) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => navigator.onLine !== false && end(resolve), millis);
    const online = () => end(resolve);
    const aborted = () => end(() => reject(signal.reason));
    const end = (settle) => {
      clearTimeout(timer);
      window.removeEventListener('online', online);
      wake.removeEventListener('wake', online);
      signal.removeEventListener('abort', aborted);
      settle();
    };
    window.addEventListener('online', online);
    wake.addEventListener('wake', online);
    signal.addEventListener('abort', aborted);
  });
}

// The same done to many things, a few at a time.
const AT_ONCE = 4;

/**
 * Does something to each, and goes on where it fails.
 *
 * @param act gets a thing; what it resolves to is kept
 * @param told gets how many are over, after each
 * @returns { done, failed }: { thing, result } of those it was done to, { thing, reason } of the others
 */
export async function toEach(things, act, told = () => {}) {
  const done = [];
  const failed = [];
  const waiting = [...things];

  async function work() {
    while (waiting.length > 0) {
      const thing = waiting.shift();
      try {
        done.push({ thing, result: await act(thing) });
      } catch (failure) {
        failed.push({ thing, reason: failure.message });
      }
      told(done.length + failed.length);
    }
  }

  await Promise.all(Array.from({ length: Math.min(AT_ONCE, things.length) }, work));
  return { done, failed };
}

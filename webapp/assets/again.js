// Looks again and again at what is being made: less often as time passes, never while nobody sees
// the page, and not for good.
const FIRST = 2_000;
const SLOWER = 1.5;
const LONGEST = 30_000;
const MOST = 30 * 60_000;

/**
 * Begins to look.
 *
 * @param look asks once; resolves to { left, news }: whether something is still being made, and
 *     whether something has been since the last look. Where it fails, it is asked again later.
 * @returns what ends it
 */
export function lookAgain(look) {
  const end = performance.now() + MOST;
  let pause = FIRST;
  let timer = setTimeout(turn, pause);
  let ended = false;

  async function turn() {
    timer = null;
    if (ended || document.hidden) {
      return; // It goes on once the page is seen again.
    }
    timer = 0; // A look is under way.
    const { left, news } = await look().catch(() => ({ left: true, news: false }));
    pause = news ? FIRST : Math.min(pause * SLOWER, LONGEST);
    if (!left || performance.now() > end) {
      stop();
    } else if (!ended) {
      timer = setTimeout(turn, pause);
    }
  }

  function seen() {
    if (!document.hidden && timer === null) {
      turn();
    }
  }

  function stop() {
    ended = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', seen);
  }

  document.addEventListener('visibilitychange', seen);
  return stop;
}

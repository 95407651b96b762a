// Pictures and videos that are still being made come into the page by themselves: the page is asked
// for again, all of them in one request, and what has changed of them takes the place of what was.
import { lookAgain } from './again.js';

const MAKING = '[data-making]';
const TIMEOUT = 20_000;

/** The page as it is now; it is parsed, but none of it is run or loaded. */
function load() {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', location.href.replace(/#.*/, ''));
    request.responseType = 'document';
    request.timeout = TIMEOUT;
    request.setRequestHeader('Slipway-Look', 'again');
    request.onload = () => (request.status === 200 && request.response
      ? resolve(request.response)
      : reject(new Error(`status ${request.status}`)));
    request.onerror = request.ontimeout = () => reject(new Error('no answer'));
    request.send();
  });
}

/** A video that is being watched stays as it is. */
function isInUse(element) {
  return element instanceof HTMLVideoElement && !element.error && element.videoWidth > 0
    && element.played.length > 0;
}

/** Whether it is made now. */
function swap(element, page) {
  const now = page.getElementById(element.id);
  if (!now || isInUse(element)) {
    element.removeAttribute('data-making'); // It is on another page by now, or not needed.
    return false;
  }
  if (!now.isEqualNode(element)) {
    const next = document.importNode(now, true);
    const isStarting = element.paused === false && !element.error;
    element.replaceWith(next);
    if (isStarting) {
      next.play().catch(() => {}); // It was asked for, and nothing of it has been seen yet.
    }
  }
  return !now.matches(MAKING);
}

async function look() {
  const address = location.href;
  const page = await load();
  if (location.href !== address) {
    return { left: true, news: false }; // It is about what was here before.
  }
  const made = [...document.querySelectorAll(MAKING)].map((element) => swap(element, page));
  return { left: document.querySelector(MAKING) !== null, news: made.includes(true) };
}

let stop = () => {};

/** Begins to look where something is being made, on a page that may have changed. */
export function watch() {
  stop();
  if (document.querySelector(MAKING)) {
    stop = lookAgain(look);
  }
}

watch();

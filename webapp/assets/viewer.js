// The photo or video of a page over the whole window, and from one to the next by keys, buttons and
// swipes. The page below follows: what is shown is its own element, which comes back to it at the
// end, so that a video plays on and is loaded once.
import { watch } from './fresh.js';

const TIMEOUT = 20_000;
const SWIPE_PIXELS = 50;
const CONTROLS_PIXELS = 72;

const viewer = document.getElementById('viewer');
const stage = viewer.querySelector('.stage');
const frame = viewer.querySelector('.frame');
const title = document.getElementById('viewer-title');
const isRightToLeft = document.dir === 'rtl';

/** Where it stands in the page, once it is shown here. */
let home = null;
let isMoving = false;

const link = (side) => document.querySelector(`main a[rel=${side}]`);
const opener = () => document.getElementById('enlarge');

/** A picture that is likely to be asked for next. */
function fetchAhead(side) {
  const picture = link(side)?.dataset.picture;
  if (picture && !navigator.connection?.saveData) {
    new Image().src = picture;
  }
}

function lift() {
  const shown = document.getElementById('shown');
  home = shown.parentElement;
  frame.replaceChildren(shown);
  title.textContent = document.querySelector('main h1').textContent;
  for (const button of viewer.querySelectorAll('[data-go]')) {
    button.hidden = !link(button.dataset.go);
  }
  if (!viewer.contains(document.activeElement) || document.activeElement.hidden) {
    stage.focus();
  }
  fetchAhead('next');
  fetchAhead('prev');
}

function open() {
  viewer.showModal();
  lift();
}

/** The page at an address; it is parsed, but none of it is run or loaded. */
function load(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', address);
    request.responseType = 'document';
    request.timeout = TIMEOUT;
    request.onload = () => (request.status === 200 && request.response?.getElementById('shown')
      ? resolve(request.response)
      : reject(new Error(`status ${request.status}`)));
    request.onerror = request.ontimeout = () => reject(new Error('no answer'));
    request.send();
  });
}

async function go(side) {
  const address = link(side)?.href;
  if (!address || isMoving) {
    return;
  }
  isMoving = true;
  stage.setAttribute('aria-busy', 'true');
  try {
    const page = await load(address);
    if (!viewer.open) {
      return; // It was closed in the meantime.
    }
    frame.replaceChildren();
    document.querySelector('main').replaceWith(document.importNode(page.querySelector('main'), true));
    document.title = page.title;
    history.replaceState(null, '', address);
    lift();
    ready();
    watch();
  } catch {
    location.assign(address); // The browser says what is the matter.
  } finally {
    isMoving = false;
    stage.removeAttribute('aria-busy');
  }
}

function close() {
  if (document.fullscreenElement) {
    document.exitFullscreen();
  }
  home?.append(...frame.childNodes);
  home = null;
  opener()?.focus();
}

function toggleFullScreen() {
  const change = document.fullscreenElement ? document.exitFullscreen() : stage.requestFullscreen();
  change.catch(() => {}); // The browser does not want to: the window is as large as it gets.
}

const acts = { full: toggleFullScreen, close: () => viewer.close() };

function togglePlay(video) {
  if (video.paused) {
    video.play().catch(() => {}); // The page says what cannot be played.
  } else {
    video.pause();
  }
}

const keys = {
  ArrowLeft: () => go(isRightToLeft ? 'next' : 'prev'),
  ArrowRight: () => go(isRightToLeft ? 'prev' : 'next'),
  f: () => document.fullscreenEnabled && toggleFullScreen(),
};

viewer.addEventListener('keydown', (event) => {
  event.stopPropagation(); // The page's own keys rest.
  const video = frame.querySelector('video');
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target === video) {
    return;
  }
  if (event.key === ' ' && video && !event.target.closest('button')) {
    event.preventDefault();
    togglePlay(video);
  } else if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});

viewer.addEventListener('click', (event) => {
  const { go: side, act } = event.target.closest('button')?.dataset ?? {};
  if (side) {
    go(side);
  } else if (act) {
    acts[act]();
  }
});
viewer.addEventListener('close', close);

/** Whether a finger means the bar of a video's controls. */
function isOnControls(event) {
  return event.target instanceof HTMLVideoElement
    && event.clientY > event.target.getBoundingClientRect().bottom - CONTROLS_PIXELS;
}

/** The finger that swipes; with two, or in a picture that is made larger, it means something else. */
let finger = null;

stage.addEventListener('pointerdown', (event) => {
  const isSwipe = event.pointerType === 'touch' && event.isPrimary && !isOnControls(event)
    && (window.visualViewport?.scale ?? 1) <= 1.01;
  frame.style.removeProperty('--pulled');
  finger = isSwipe ? { id: event.pointerId, x: event.clientX, y: event.clientY } : null;
});
stage.addEventListener('pointermove', (event) => {
  if (finger?.id === event.pointerId) {
    frame.style.setProperty('--pulled', `${event.clientX - finger.x}px`);
  }
});

function endSwipe(event, isDone) {
  const from = finger;
  if (from?.id !== event.pointerId) {
    return;
  }
  finger = null;
  frame.style.removeProperty('--pulled');
  const [x, y] = [event.clientX - from.x, event.clientY - from.y];
  if (isDone && Math.abs(x) > SWIPE_PIXELS && Math.abs(x) > 2 * Math.abs(y)) {
    go((x < 0) === isRightToLeft ? 'prev' : 'next');
  }
}

stage.addEventListener('pointerup', (event) => endSwipe(event, true));
stage.addEventListener('pointercancel', (event) => endSwipe(event, false));

function ready() {
  opener()?.removeAttribute('hidden');
}

document.addEventListener('click', (event) => {
  const isPlain = event.button === 0 && !event.altKey && !event.ctrlKey && !event.metaKey
    && !event.shiftKey;
  if (isPlain && event.target.closest('#enlarge, main figure a')) {
    event.preventDefault();
    open();
  }
});
viewer.querySelector('[data-act=full]').hidden = !document.fullscreenEnabled;
ready();

// The console: signs in with a key, for a session, and shows one panel at a time.
import { call, signIn } from './api.js';
import { $ } from './dom.js';
import { credentialsPanel } from './credentials.js';
import { overviewPanel } from './overview.js';
import { photosPanel } from './photos.js';
import { tokensPanel } from './tokens.js';

const tabs = [...document.querySelectorAll('[role=tab]')];
const alertOf = (form) => form.querySelector('[role=alert]');
let panels = {};

$('#sign-in form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  alertOf(form).hidden = true;
  try {
    await signIn(form.elements.key.value.trim());
    open();
    form.reset();
  } catch (failure) {
    alertOf(form).textContent =
      failure.status === 401 ? 'Unknown API key.' : failure.message;
    alertOf(form).hidden = false;
  }
});

function open() {
  const console = { call, attempt };
  panels = {
    overview: overviewPanel(console),
    tokens: tokensPanel(console),
    photos: photosPanel(console),
    credentials: credentialsPanel(console),
  };
  $('#sign-in').hidden = true;
  $('#signed-in').hidden = false;
  show(tabs[0]);
}

function show(tab) {
  for (const each of tabs) {
    const chosen = each === tab;
    each.setAttribute('aria-selected', chosen);
    each.tabIndex = chosen ? 0 : -1;
    document.getElementById(each.getAttribute('aria-controls')).hidden = !chosen;
  }
  $('#done').textContent = '';
  attempt(panels[tab.getAttribute('aria-controls')]);
}

/** Does something, and says in the page what went wrong, or what was done. */
async function attempt(action, done = '') {
  $('#problem').hidden = true;
  try {
    await action();
    $('#done').textContent = done;
  } catch (failure) {
    $('#problem').textContent = failure.message;
    $('#problem').hidden = false;
  }
}

for (const [index, tab] of tabs.entries()) {
  tab.addEventListener('click', () => show(tab));
  tab.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const next = tabs[(index + step + tabs.length) % tabs.length];
      next.focus();
      show(next);
    }
  });
}

// A reload forgets the lists, and what was shown once.
$('#sign-out').addEventListener('click', () => attempt(async () => {
  await call('session/sign-out');
  window.location.reload();
}));

if (!$('#signed-in').hidden) {
  open();
}

// The console: signs in with a key, for a session, and shows one section at a time.
import { keyField, may, signIn } from './api.js';
import { $, element, withAttributes } from './dom.js';
import { albumsPanel } from './albums.js';
import { asidePanel } from './aside.js';
import { commentsPanel } from './comments.js';
import { credentialsPanel } from './credentials.js';
import { eventsPanel } from './events.js';
import { attempt, hush } from './news.js';
import { overviewPanel } from './overview.js';
import { photosPanel } from './photos.js';
import { tokensPanel } from './tokens.js';
import { uploadLinksPanel } from './upload-links.js';
import { usersPanel } from './users.js';
import { webhooksPanel } from './webhooks.js';
import { say } from './words.js';

/** The sections, with the level that each is for. */
const PANELS = [
  ['write', overviewPanel],
  ['write', photosPanel],
  ['write', albumsPanel],
  ['write', tokensPanel],
  ['write', uploadLinksPanel],
  ['write', commentsPanel],
  ['write', usersPanel],
  ['admin', eventsPanel],
  ['admin', webhooksPanel],
  ['admin', asidePanel],
  ['super', credentialsPanel],
];

const place = $('#console');

if (may('write')) {
  open();
} else {
  askForKey();
}

function askForKey() {
  const alert = withAttributes(element('p', { hidden: true }), { role: 'alert' });
  const form = element('form', {},
    keyField(),
    element('button', { type: 'submit' }, say('signIn')), alert);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    alert.hidden = true;
    try {
      await signIn(form);
      window.location.reload();
    } catch (failure) {
      alert.textContent = failure.message;
      alert.hidden = false;
    }
  });
  place.replaceChildren(
    element('section', { id: 'sign-in' }, element('h1', {}, say('console')), form));
}

function open() {
  const views = PANELS.filter(([level]) => may(level)).map(([, make]) => viewOf(make));
  const tabs = views.map(({ tab }) => tab);
  place.replaceChildren(
    withAttributes(element('div', { ariaLabel: say('console') }, ...tabs), { role: 'tablist' }),
    withAttributes(element('p', { id: 'problem', hidden: true }), { role: 'alert' }),
    withAttributes(element('div', { id: 'done' }), { role: 'status' }),
    ...views.map(({ section }) => section));
  for (const [index, { tab }] of views.entries()) {
    tab.addEventListener('click', () => show(views, index));
    tab.addEventListener('keydown', (event) => {
      const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: -1 }[event.key];
      if (to !== undefined) {
        event.preventDefault();
        const next = fromTheRight(event.key) ? 2 * index - to : to;
        const chosen = (next + tabs.length) % tabs.length;
        show(views, chosen);
        tabs[chosen].focus();
      }
    });
  }
  const asked = views.findIndex(({ name }) => window.location.hash === `#${name}`);
  show(views, Math.max(0, asked));
}

const fromTheRight = (key) =>
  document.documentElement.dir === 'rtl' && key.startsWith('Arrow');

function viewOf(make) {
  let section = null;
  const panel = make({ isShown: () => !section.hidden });
  const { name } = panel;
  section = withAttributes(
    element('section', { id: name, tabIndex: 0, hidden: true },
      element('h1', {}, say(name)), ...panel.content),
    { role: 'tabpanel', 'aria-labelledby': `tab-${name}` });
  const tab = withAttributes(
    element('button', { type: 'button', id: `tab-${name}` }, say(name)),
    { role: 'tab', 'aria-controls': name });
  return { name, tab, section, show: panel.show };
}

function show(views, chosen) {
  for (const [index, { tab, section }] of views.entries()) {
    tab.setAttribute('aria-selected', index === chosen);
    tab.tabIndex = index === chosen ? 0 : -1;
    section.hidden = index !== chosen;
  }
  // So that a reload comes back to it.
  window.history.replaceState(window.history.state, '', `#${views[chosen].name}`);
  hush();
  attempt(async () => {
    await views[chosen].show();
  });
}

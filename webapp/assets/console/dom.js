// Small pieces of pages. Text is only ever set as text: nothing of a visitor's becomes markup.
import { say } from './words.js';

export const $ = (selector) => document.querySelector(selector);

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Attributes that are no properties. */
export function withAttributes(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  return made;
}

/** A button; pressed again before what it does is over, it does nothing. */
export function button(text, action, className = 'secondary outline') {
  const made = element('button', { type: 'button', className }, text);
  made.addEventListener('click', () => once(made, action));
  return made;
}

/** Does something that a button is for, unless that is under way. */
export async function once(control, action) {
  if (control.ariaBusy === 'true') {
    return;
  }
  control.ariaBusy = 'true';
  try {
    await action();
  } finally {
    control.removeAttribute('aria-busy');
  }
}

/** A button for what cannot be undone. */
export const dangerous = (text, action) => button(text, action, 'danger outline');

/** Buttons of a row. */
export const acts = (...buttons) => element('div', { className: 'acts' }, ...buttons);

/** A link to a page of the site; its text may be a visitor's. */
export const anchor = (href, text) =>
  element('a', { href, rel: 'noreferrer', dir: 'auto', className: wrapping(text) }, text);

/** What looks as a link does, and opens something here. */
export function opener(text, action) {
  const made = button(text, action, `link ${wrapping(text)}`);
  made.dir = 'auto';
  return made;
}

/** Only a word that is too long for a column is broken. */
const wrapping = (text) => (/\S{20}/.test(text) ? 'long' : '');

export function table(heads, rows) {
  if (rows.length === 0) {
    return element('p', { className: 'empty' }, say('empty'));
  }
  const head = element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, text)));
  const body = rows.map((cells) => withRole('row', element('tr', {},
    ...cells.map((cell, column) => cellOf(heads[column], cell)))));
  return withRole('table', element('table', {},
    element('thead', {}, head), element('tbody', {}, ...body)));
}

// On a phone rows are laid out as cards, which would take a table's meaning from them.
const withRole = (role, made) => withAttributes(made, { role });

function cellOf(head, content) {
  // Its text is read its own way, and begins where those of the column do.
  const cell = withRole('cell', element('td', {},
    typeof content === 'string' ? element('bdi', { className: wrapping(content) }, content) : content));
  cell.dataset.head = head;
  return cell;
}

/** The way from page to page of a list that was replied; nothing where there is one only. */
export function pages(nav, reply, go) {
  const page = Number(reply.p);
  const last = lastPage(reply);
  nav.replaceChildren();
  if (last > 1) {
    const before = button(say('previous'), () => go(page - 1));
    const after = button(say('next'), () => go(page + 1));
    before.disabled = page <= 1;
    after.disabled = page >= last;
    nav.append(before, element('span', {}, say('page', { page, last })), after);
  }
}

export const lastPage = (reply) =>
  Math.max(1, Math.ceil(Number(reply.total_count) / Number(reply.size)));

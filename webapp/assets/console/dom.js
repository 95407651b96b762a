// Small pieces of pages. Text is only ever set as text: nothing of a visitor's becomes markup.
export const $ = (selector) => document.querySelector(selector);

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function button(text, action, className = 'secondary outline') {
  const made = element('button', { type: 'button', className }, text);
  made.addEventListener('click', action);
  return made;
}

export function table(heads, rows, none) {
  if (rows.length === 0) {
    return element('p', { className: 'empty' }, none);
  }
  const head = element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, text)));
  const body = rows.map((cells) => withRole('row', element('tr', {},
    ...cells.map((cell, column) => cellOf(heads[column], cell)))));
  return withRole('table', element('table', {},
    element('thead', {}, head), element('tbody', {}, ...body)));
}

// On a phone rows are laid out as cards, which would take a table's meaning from them.
function withRole(role, made) {
  made.setAttribute('role', role);
  return made;
}

function cellOf(head, content) {
  const cell = withRole('cell', element('td', {}, content));
  cell.dataset.head = head;
  return cell;
}

export function pages(nav, reply, go) {
  const page = Number(reply.p);
  const last = Math.max(1, Math.ceil(Number(reply.total_count) / Number(reply.size)));
  nav.replaceChildren();
  if (last > 1) {
    const before = button('Previous', () => go(page - 1));
    const after = button('Next', () => go(page + 1));
    before.disabled = page <= 1;
    after.disabled = page >= last;
    nav.append(before, ` Page ${page} of ${last} `, after);
  }
}

export function confirmed(text, yes) {
  const dialog = $('#confirm');
  $('#confirm-text').textContent = text;
  dialog.querySelector('[value=yes]').textContent = yes;
  dialog.showModal();
  return new Promise((resolve) => {
    for (const choice of dialog.querySelectorAll('button')) {
      choice.onclick = () => dialog.close(choice.value);
    }
    dialog.onclose = () => {
      resolve(dialog.returnValue === 'yes');
      dialog.returnValue = '';
    };
  });
}

export function size(bytes) {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** A moment as the reader writes it, to the minute. */
export function moment(date) {
  return date.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
}

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
  const body = rows.map((cells) =>
    element('tr', {}, ...cells.map((cell) => element('td', {}, ...[cell].flat()))));
  return element('table', { className: 'striped' },
    element('thead', {}, head), element('tbody', {}, ...body));
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
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

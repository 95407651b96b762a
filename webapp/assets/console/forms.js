// Fields and forms, made of their names and kinds.
import { element, once } from './dom.js';
import { say } from './words.js';

/** A field with its label; `help` says more of it. */
export function field(label, control, help = null) {
  return element('label', {}, label, control,
    help === null ? null : element('small', {}, help));
}

export const input = (name, properties = {}) => element('input', { name, ...properties });

export const area = (name, properties = {}) =>
  element('textarea', { name, rows: 3, ...properties });

/** A box to check, with its label; unchecked it counts as 0. */
export const flag = (name, label, checked = false) =>
  element('label', {}, element('input',
    { type: 'checkbox', name, value: '1', defaultChecked: checked }), label);

/** A choice: texts by value. */
export const choice = (name, texts, chosen) =>
  element('select', { name }, ...Object.entries(texts).map(([value, text]) =>
    element('option', { value, defaultSelected: value === chosen }, text)));

export const grid = (...fields) => element('div', { className: 'grid' }, ...fields);

/** What a form says: of boxes 1 or 0, of the rest what is not empty, or all of it. */
export function given(form, { withEmpty = false } = {}) {
  const values = {};
  for (const control of form.elements) {
    if (control.name && control.type === 'checkbox') {
      values[control.name] = control.checked ? '1' : '0';
    } else if (control.name && (withEmpty || control.value !== '')) {
      values[control.name] = control.value;
    }
  }
  return values;
}

/**
 * Whether the owner of a thing is told by e-mail of files that visitors send: a box, where the
 * site sends any.
 */
export const notifying = (thing) => (document.getElementById('console').dataset.mail === 'true'
  ? [flag('notify', say('notify'), String(thing.notify ?? '1') === '1')]
  : []);

/** What makes a thing, behind a button that opens it. `act` gets the form; it is emptied then. */
export function maker(title, fields, { id, attempt, act, yes = say('create') }) {
  const send = element('button', { type: 'submit' }, yes);
  const form = element('form', { id }, ...fields, send);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    once(send, () => attempt(async () => {
      const done = await act(form);
      form.reset();
      return done;
    }));
  });
  const summary = element('summary', { className: 'secondary' }, title);
  summary.setAttribute('role', 'button');
  return element('details', {}, summary, form);
}

/** A form that narrows a list, with a search field unless its label is null. */
export function searchForm(id, label, act, ...more) {
  // Else a browser that comes back fills it with what is not listed.
  const form = element('form', { id, className: 'search', autocomplete: 'off' },
    ...more,
    ...(label === null ? [] : [
      input('search', { type: 'search', ariaLabel: label, placeholder: say('search') }),
      element('button', { type: 'submit' }, say('search')),
    ]));
  form.setAttribute('role', 'search');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    act(given(form, { withEmpty: true }));
  });
  for (const select of form.querySelectorAll('select')) {
    select.addEventListener('change', () => form.requestSubmit());
  }
  return form;
}

// Questions, and forms that stand before the page until they are answered.
import { button, element } from './dom.js';
import { say } from './words.js';

/**
 * Opens a dialog with a form. What is answered is done while it is open, so that nothing of it is
 * lost where that fails.
 *
 * @param act gets the form
 * @returns whether it was done
 */
export function ask({ title, content = [], yes, danger = false, act = async () => {} }) {
  const alert = element('p', { hidden: true });
  alert.setAttribute('role', 'alert');
  const cancel = button(say('cancel'), () => dialog.close(), 'secondary');
  const send = element('button', { type: 'submit', className: danger ? 'danger' : '' }, yes);
  const form = element('form', {}, ...content, alert,
    element('footer', {}, cancel, send));
  const dialog = element('dialog', { ariaLabel: title },
    element('article', {}, element('h2', {}, title), form));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    alert.hidden = true;
    send.disabled = true;
    try {
      await act(form);
      dialog.close('done');
    } catch (failure) {
      alert.textContent = failure.message;
      alert.hidden = false;
    } finally {
      send.disabled = false;
    }
  });
  cancel.autofocus = danger;
  return opened(dialog).then((value) => value === 'done');
}

/** Asks before what cannot be undone, or stops something from working. */
export const confirmed = (title, yes, ...content) => ask({ title, yes, content, danger: true });

/** Shows something until it is closed. */
export function show(title, ...content) {
  const close = element('button', { type: 'submit', className: 'secondary' }, say('close'));
  const form = element('form', { method: 'dialog' }, element('footer', {}, close));
  return opened(element('dialog', { ariaLabel: title },
    element('article', {}, element('h2', {}, title), ...content, form)));
}

/** Opens a dialog until it is closed; resolves to what closed it. */
export function opened(dialog) {
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}

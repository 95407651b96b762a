// An address that somebody is sent: to open, to copy, and as a QR code for a phone.
import { button, element } from './dom.js';
import { show } from './dialogs.js';
import { attempt } from './news.js';
import { say } from './words.js';

/** A field with the address, and what may be done with it. */
export function shared(address, name, buttons = sharing(address, name)) {
  const field = element('input', { value: address, readOnly: true, ariaLabel: name, dir: 'ltr' });
  field.addEventListener('focus', () => field.select());
  return element('div', { className: 'shared' }, field, ...buttons);
}

/** The buttons alone, for a row of a list. */
export function sharing(address, name) {
  return [copying(address), button(say('qrCode'), () => showCode(address, name))];
}

/** A button that copies a text. In a dialog it says so itself: what is behind is not heard. */
export function copying(text) {
  const made = button(say('copy'), () => attempt(async () => {
    await copy(text);
    if (made.closest('dialog')) {
      made.textContent = say('copied');
    }
    return say('copied');
  }));
  return made;
}

/** Where the page is not at an https address, browsers copy what is selected only. */
async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const field = element('textarea', { value: text, readOnly: true, className: 'unseen' });
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (!done) {
    throw new Error(text);
  }
}

function showCode(address, name) {
  const image = element('img', { src: `${address}?qr`, alt: address, className: 'code' });
  return show(name, image, shared(address, name).firstChild);
}

// What was done, and what went wrong, said where everybody hears it.
import { $, element } from './dom.js';

/** Says what was done, with what may be done about it. */
export function tell(...parts) {
  $('#problem').hidden = true;
  $('#done').replaceChildren(...parts);
}

/** Says what went wrong: a text, and what else there is to it. */
export function complain(...parts) {
  $('#done').replaceChildren();
  $('#problem').replaceChildren(...parts);
  $('#problem').hidden = false;
}

/** Says nothing any more. */
export const hush = () => tell();

/**
 * Does something, and says what came of it: the text that it resolves to, or nothing where it has
 * spoken itself. Whoever was at a button that is gone then, is at the panel.
 */
export async function attempt(action) {
  const was = document.activeElement;
  try {
    const done = await action();
    if (typeof done === 'string') {
      tell(done);
    }
  } catch (failure) {
    complain(failure.message);
  }
  if (!was.isConnected && document.activeElement === document.body) {
    $('[role=tabpanel]:not([hidden])')?.focus({ preventScroll: true });
  }
}

/** A list of lines. */
export const lines = (texts) =>
  element('ul', {}, ...texts.map((text) => element('li', { dir: 'auto' }, text)));

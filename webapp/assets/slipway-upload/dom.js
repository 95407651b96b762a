// Makes elements. Text is only ever set as text, so that pages which require Trusted Types work.

/** An element; properties that begin with `on` are listeners, the others attributes. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== undefined && value !== null && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';
const PATHS = {
  upload: 'M12 15V4M7.5 8.5 12 4l4.5 4.5M4 15v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3',
  pause: 'M9 6v12M15 6v12',
  play: 'M8 5.5v13l10-6.5z',
  retry: 'M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4',
  close: 'M7 7l10 10M17 7 7 17',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  picture: 'M5 5h14v14H5zM5 16l4-4 3 3 3-3 4 4M9 9h.01',
  video: 'M4 7h11v10H4zM15 11l5-3v8l-5-3z',
  camera: 'M4 8h3.5l2-3h5l2 3H20v11H4zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z',
  file: 'M7 4h7l4 4v12H7zM14 4v4h4',
};

const FROM_THE_RIGHT = /\p{Script=Arabic}/u;

/**
 * Parts of a line, none of which is broken; no line begins with a dot. Where they are read from the
 * right each is kept apart, as a number would else go with the part before it.
 */
export function together(parts) {
  const isFromTheRight = parts.some((part) => FROM_THE_RIGHT.test(part));
  const whole = parts.map((part) => part.replaceAll(' ', '\u00a0'));
  return (isFromTheRight ? whole.map((part) => `\u2068${part}\u2069`) : whole).join('\u00a0· ');
}

/** A line icon, hidden from screen readers: the text beside it says the same. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon icon-${name}`);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

// What the console says, in the language of its page; English where that cannot be fetched.
import { FETCHED, Texts } from '../slipway-upload/texts.js';
import en from './texts/en.js';

const { lang } = document.documentElement;

async function ofPage() {
  const [primary] = lang.split('-');
  try {
    return FETCHED.includes(primary) ? (await import(`./texts/${primary}.js`)).default : {};
  } catch {
    return {};
  }
}

const texts = new Texts(lang, { ...en, ...(await ofPage()) });

/** A text by its key; `{names}` in it are filled in. */
export const say = (key, values) => texts.say(key, values);

/** A size such as 4.2 MB. */
export const size = (bytes) => texts.size(Number(bytes));

/** A number as the language writes it. */
export const number = (value) =>
  new Intl.NumberFormat(texts.lang, { numberingSystem: 'latn' }).format(Number(value));

/** A moment, in seconds since 1970, as the reader writes it, to the minute. */
export function moment(seconds) {
  return new Date(Number(seconds) * 1000).toLocaleString(texts.lang,
    { dateStyle: 'medium', timeStyle: 'short', numberingSystem: 'latn' });
}

/** A time of a reply, such as 2026-06-01 18:30:00 (UTC), in seconds since 1970. */
export const seconds = (ansi) => Date.parse(`${ansi.replace(' ', 'T')}Z`) / 1000;

/** A time in days, such as 30 days. */
export const days = (time) => new Intl.NumberFormat(texts.lang,
  { style: 'unit', unit: 'day', unitDisplay: 'long', numberingSystem: 'latn' })
  .format(Math.ceil(Number(time) / 86_400));

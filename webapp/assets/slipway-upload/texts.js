// What the visitor reads. A text with a number may have one form for each of the language's plural
// categories (Intl.PluralRules); {names} are filled in.
import en from './texts/en.js';

/** The texts by language, so far. */
export const TEXTS = { en };

/** The languages whose texts are fetched when a page is in them, from `texts/<language>.js`. */
export const FETCHED = [
  'ar', 'cs', 'da', 'de', 'es', 'fr', 'it', 'ja', 'nb', 'nl', 'pl', 'pt', 'sv', 'tr', 'uk', 'zh',
];

/** Languages whose readers are spoken to in another. */
const READ_AS = { nn: 'nb', no: 'nb' };

/** The digits of the server's texts: Arabic has two kinds, by country. */
const LATIN = { numberingSystem: 'latn' };

const FROM_THE_RIGHT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)(-|$)/i;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;

/** Without another, what a language lacks reads as English. */
let load = () => Promise.reject(new Error('No texts to fetch'));

/**
 * Says how texts are fetched: `fetchModule(language)` gives a promise of `texts/<language>.js`. Only the
 * script that the page loads knows, as a bundler moves modules, and has to see what each import names.
 */
export function textsFrom(fetchModule) {
  load = fetchModule;
}

/**
 * Fetches what is missing of a language: a promise that is kept, whether it works or not. Null where
 * all is there.
 */
export function fetchTexts(lang) {
  const missing = namesOf(lang).filter((name) => FETCHED.includes(name) && !TEXTS[name]);
  return missing.length === 0 ? null : Promise.all(missing.map(fetchOne));
}

async function fetchOne(name) {
  try {
    const { default: texts } = await load(name);
    TEXTS[name] ??= texts;
  } catch {
    // It reads as English then.
    TEXTS[name] ??= {};
  }
}

/** A language as the texts may be named, the most general first. */
function namesOf(lang) {
  const name = lang.toLowerCase().replaceAll('_', '-');
  const [primary] = name.split('-');
  return [...new Set([READ_AS[primary] ?? primary, name])];
}

/** The locale of texts: the characters of Chinese are the simplified ones, whatever is asked for. */
function localeOf(lang, primary) {
  const asked = lang.replaceAll('_', '-');
  const isAsked = asked.toLowerCase().startsWith(primary) && isKnown(asked);
  return primary === 'zh' ? 'zh-CN' : isAsked ? asked : primary;
}

/** Whether the browser knows a language. Pages name some that are none, such as `C` and `de_DE.UTF-8`. */
function isKnown(locale) {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale).length > 0;
  } catch {
    return false;
  }
}

/** Without what is no text: frameworks set what a page leaves out to undefined, and it is left out then. */
function textsOf(some) {
  return Object.fromEntries(
    Object.entries(some ?? {}).filter(([, text]) => typeof text === 'string' || Object.keys(text ?? {}).length > 0));
}

/** The texts of one language, with the page's own in their place. */
export class Texts {
  #lang;
  #texts;
  #own;
  #plural;

  /** `own` gives texts by their key; a language that is not there reads as English. */
  constructor(lang, own = {}) {
    const [primary] = namesOf(lang);
    this.#own = textsOf(own);
    // Numbers read as the texts do.
    const isThere = Object.keys({ ...TEXTS[primary], ...this.#own }).length > 0;
    this.#lang = isThere && isKnown(primary) ? localeOf(lang, primary) : 'en';
    this.#texts = Object.assign(
      {}, TEXTS.en, ...namesOf(lang).map((name) => textsOf(TEXTS[name])), this.#own);
    this.#plural = new Intl.PluralRules(this.#lang);
  }

  /** Whether a text, or the language, is the page's own: the server has no words like these. */
  isOwn(key) {
    return key in this.#own || !['en', ...FETCHED].includes(namesOf(this.#lang)[0]);
  }

  get lang() {
    return this.#lang;
  }

  /** Which way they are read, whatever the page: `ltr` or `rtl`. */
  get dir() {
    return FROM_THE_RIGHT.test(this.#lang) ? 'rtl' : 'ltr';
  }

  say(key, values = {}) {
    let text = this.#texts[key];
    if (typeof text === 'object') {
      text = text[this.#plural.select(values.count ?? 1)] ?? text.other ?? Object.values(text)[0];
    }
    return text.replaceAll(/\{(\w+)\}/g, (whole, name) => this.#apart(values[name] ?? whole));
  }

  /** Keeps a value that is read the other way from mixing with the text around it. */
  #apart(value) {
    const other = this.dir === 'rtl' ? LEFT_TO_RIGHT : RIGHT_TO_LEFT;
    return other.test(value) ? `\u2068${value}\u2069` : value;
  }

  /** What is said of a wait of that many seconds: `{when}` is in 12 seconds, `{time}` 12 seconds. */
  wait(key, seconds) {
    return this.say(key, { when: this.#when(seconds), time: this.time(seconds) });
  }

  #when(seconds) {
    const [value, unit] = rounded(seconds);
    return new Intl.RelativeTimeFormat(this.#lang, LATIN).format(value, unit);
  }

  /** A size such as 4.2 MB, with one digit after the point where that tells more, or as many as asked. */
  size(bytes, digits = 1) {
    return this.#unit(bytes, '', digits);
  }

  /** Two sizes, with as many digits as they need to read differently. */
  sizes(one, other) {
    for (let digits = 1; digits < 9; digits++) {
      const [first, second] = [this.size(one, digits), this.size(other, digits)];
      if (first !== second || one === other) {
        return [first, second];
      }
    }
    return [this.size(one, 9), this.size(other, 9)];
  }

  /** A speed such as 1.5 MB/s, of less than a kilobyte 0.5 kB/s: few languages have short bytes. */
  speed(bytesPerSecond) {
    return this.#unit(bytesPerSecond, '-per-second', 1, 1);
  }

  /** What an `accept` attribute takes, such as photos, videos and PDF; no endings beside types. */
  types(accept) {
    const all = accept.split(',').map((type) => type.trim()).filter(Boolean);
    const types = all.filter((type) => type.includes('/'));
    const names = (types.length > 0 ? types : all).map((type) =>
      type === 'image/*' ? this.say('photos')
        : type === 'video/*' ? this.say('videos')
          : type.replace(/^.*[/.]/, '').toUpperCase());
    return new Intl.ListFormat(this.#lang, { type: 'conjunction' }).format(new Set(names));
  }

  /** How much of something is there: no 100 % before all is. */
  percent(fraction) {
    const whole = Math.floor(fraction * 100 + 1e-9);
    return this.#number(whole / 100, { style: 'percent' });
  }

  /** A time such as 12 seconds or 3 minutes, no finer than a visitor needs. */
  time(seconds) {
    const [value, unit] = rounded(seconds);
    return this.#number(value, { style: 'unit', unit, unitDisplay: 'long' });
  }

  #unit(bytes, per, digits = 1, least = 0) {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
    let power = least;
    // What would be rounded to 1,000 kB is 1 MB.
    while (power < units.length - 1 && bytes / 1000 ** power >= (power === 0 ? 1000 : 999.5)) {
      power++;
    }
    const value = bytes / 1000 ** power;
    const hasPoint = (power > 1 && value < 100) || value < 1;
    const maximumFractionDigits = digits > 1 ? digits : hasPoint ? 1 : 0;
    // As a word of the language, with its plural; the others are signs.
    const unitDisplay = power === 0 ? 'long' : 'short';
    return this.#number(
      value, { style: 'unit', unit: units[power] + per, unitDisplay, maximumFractionDigits });
  }

  #number(value, options) {
    return new Intl.NumberFormat(this.#lang, { ...LATIN, ...options }).format(value);
  }
}

function rounded(seconds) {
  const [value, unit] =
    seconds < 60 ? [Math.max(1, seconds), 'second']
      : seconds < 3600 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
  return [Math.round(value), unit];
}

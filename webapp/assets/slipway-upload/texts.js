// What the visitor reads, by language. A text with a number may have one form for each of the
// language's plural categories (Intl.PluralRules); {names} are filled in.

export const TEXTS = {
  en: {
    choose: { one: 'Choose a file', other: 'Choose files' },
    more: { one: 'Add another file', other: 'Add more files' },
    drop: { one: 'or drop it here, or paste it', other: 'or drop them here, or paste them' },
    dropNow: 'Drop to add',
    limitSize: { one: 'Up to {size}', other: 'Up to {size} each' },
    limitCount: { one: '1 file', other: 'Up to {count} files' },
    files: 'Chosen files',
    upload: { one: 'Upload 1 file', other: 'Upload {count} files' },
    readyAgain: '{size}, goes on from {percent}',
    queued: '{size}, waiting its turn',
    starting: 'Starting…',
    progress: '{sent} of {size}',
    left: '{time} left',
    finishing: 'Finishing…',
    paused: 'Paused at {percent}',
    waiting: 'Connection lost. Trying again in {time}',
    offline: 'You are offline. The upload goes on when you are back',
    done: 'Uploaded',
    failed: 'Not uploaded',
    pause: 'Pause {name}',
    resume: 'Resume {name}',
    retry: 'Try {name} again',
    cancel: 'Cancel {name}',
    remove: 'Remove {name}',
    total: '{done} of {count} uploaded, {percent}',
    leaving: 'All done. Taking you on…',
    allDone: 'All done.',
    goOn: 'Continue without the rest',
    unfinished: 'Not finished last time',
    again: 'Choose {name} again to go on from {percent}.',
    discard: 'Discard {name}',
    percentOf: '{name}: {percent}',
    doneOf: '{name} is uploaded.',
    pausedOf: '{name} is paused.',
    waitingOf: '{name}: connection lost, trying again.',
    removedOf: '{name} is removed.',
    errorOf: '{name}: {message}',
    tooLarge: 'Too large: {size}. The largest file taken here is {limit}.',
    wrongType: 'Files of this type are not taken here.',
    empty: 'This file is empty.',
    tooMany: {
      one: 'Only 1 file can be uploaded here. Left out: {names}.',
      other: 'Only {count} files can be uploaded here. Left out: {names}.',
    },
    token: 'This upload is no longer open: it has expired, or all its uploads are used.',
    network: 'The connection was lost. Check your network, then try again.',
    unreadable: 'The file has been moved or changed. Remove it and choose it again.',
    busy: 'The server is busy. Try again in a while.',
    unknown: 'Something went wrong. Please try again.',
  },
  da: {
    choose: { one: 'Vælg en fil', other: 'Vælg filer' },
    more: { one: 'Tilføj en fil mere', other: 'Tilføj flere filer' },
    drop: { one: 'eller træk den herhen, eller indsæt den', other: 'eller træk dem herhen, eller indsæt dem' },
    dropNow: 'Slip for at tilføje',
    limitSize: { one: 'Op til {size}', other: 'Op til {size} hver' },
    limitCount: { one: '1 fil', other: 'Op til {count} filer' },
    files: 'Valgte filer',
    upload: { one: 'Upload 1 fil', other: 'Upload {count} filer' },
    readyAgain: '{size}, fortsætter fra {percent}',
    queued: '{size}, venter på tur',
    starting: 'Starter…',
    progress: '{sent} af {size}',
    left: '{time} tilbage',
    finishing: 'Gør færdig…',
    paused: 'Sat på pause ved {percent}',
    waiting: 'Forbindelsen er afbrudt. Prøver igen om {time}',
    offline: 'Du er offline. Uploaden fortsætter, når du er tilbage',
    done: 'Uploadet',
    failed: 'Ikke uploadet',
    pause: 'Sæt {name} på pause',
    resume: 'Fortsæt {name}',
    retry: 'Prøv {name} igen',
    cancel: 'Annuller {name}',
    remove: 'Fjern {name}',
    total: '{done} af {count} uploadet, {percent}',
    leaving: 'Færdig. Sender dig videre…',
    allDone: 'Færdig.',
    goOn: 'Fortsæt uden resten',
    unfinished: 'Ikke færdig sidste gang',
    again: 'Vælg {name} igen for at fortsætte fra {percent}.',
    discard: 'Kassér {name}',
    percentOf: '{name}: {percent}',
    doneOf: '{name} er uploadet.',
    pausedOf: '{name} er sat på pause.',
    waitingOf: '{name}: forbindelsen er afbrudt, prøver igen.',
    removedOf: '{name} er fjernet.',
    errorOf: '{name}: {message}',
    tooLarge: 'For stor: {size}. Den største fil, der kan uploades her, er {limit}.',
    wrongType: 'Filer af denne type kan ikke uploades her.',
    empty: 'Filen er tom.',
    tooMany: {
      one: 'Der kan kun uploades 1 fil her. Udeladt: {names}.',
      other: 'Der kan kun uploades {count} filer her. Udeladt: {names}.',
    },
    token: 'Denne upload er ikke længere åben: den er udløbet eller brugt op.',
    network: 'Forbindelsen blev afbrudt. Tjek dit netværk, og prøv igen.',
    unreadable: 'Filen er flyttet eller ændret. Fjern den, og vælg den igen.',
    busy: 'Serveren har travlt. Prøv igen om lidt.',
    unknown: 'Noget gik galt. Prøv igen.',
  },
};

/** The texts of one language, with the page's own in their place. */
export class Texts {
  #lang;
  #texts;
  #plural;

  /** `own` gives texts by their key; a language that is not there reads as English. */
  constructor(lang, own = {}) {
    const primary = lang.toLowerCase().split('-')[0];
    // Numbers read as the texts do.
    const isThere = TEXTS[primary] || Object.keys(own).length > 0;
    this.#lang = isThere && Intl.NumberFormat.supportedLocalesOf(primary).length > 0 ? lang : 'en';
    this.#texts = { ...TEXTS.en, ...TEXTS[primary], ...TEXTS[lang.toLowerCase()], ...own };
    this.#plural = new Intl.PluralRules(this.#lang);
  }

  get lang() {
    return this.#lang;
  }

  say(key, values = {}) {
    let text = this.#texts[key];
    if (typeof text === 'object') {
      text = text[this.#plural.select(values.count ?? 1)] ?? text.other;
    }
    return text.replaceAll(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /** A size such as 4.2 MB. */
  size(bytes) {
    return this.#unit(bytes, '');
  }

  /** A speed such as 1.5 MB/s. */
  speed(bytesPerSecond) {
    return this.#unit(bytesPerSecond, '-per-second');
  }

  percent(fraction) {
    return this.#number(fraction, { style: 'percent' });
  }

  /** A time such as 12 seconds or 3 minutes, no finer than a visitor needs. */
  time(seconds) {
    const [value, unit] =
      seconds < 60 ? [Math.max(1, seconds), 'second']
        : seconds < 3600 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
    return this.#number(Math.round(value), { style: 'unit', unit, unitDisplay: 'long' });
  }

  #unit(bytes, per) {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
    const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
    const value = bytes / 1000 ** power;
    const maximumFractionDigits = power > 1 && value < 100 ? 1 : 0;
    return this.#number(value, { style: 'unit', unit: units[power] + per, maximumFractionDigits });
  }

  #number(value, options) {
    return new Intl.NumberFormat(this.#lang, options).format(value);
  }
}

// One uploader at work: brings form, queue and view together, and tells the page.
import { refusal, tooLarge } from './accept.js';
import { isOn } from './attributes.js';
import { takeDrops, takePastes } from './drop.js';
import { further, renewed } from './fields.js';
import { Either } from './either.js';
import { Item } from './item.js';
import { Memory } from './memory.js';
import { News } from './news.js';
import { Pieces } from './pieces.js';
import { Post } from './post.js';
import { Queue } from './queue.js';
import { Sent } from './sent.js';
import { shrunk } from './shrink.js';
import { Tus, drop } from './tus.js';
import { View } from './view.js';

const AT_ONCE = 2;

/** Takes over a form, until it is closed. */
export class Session {
  #host;
  #form;
  #texts;
  #memory;
  #sent;
  #pieces;
  #queue;
  #news;
  #view;
  #end = new AbortController();
  #drops = new AbortController();
  #ticker;
  #leaving = false;

  constructor(host, form, texts) {
    this.#host = host;
    this.#form = form;
    const { signal } = this.#end;
    const chosen = form.take(() => this.start(), signal);
    this.#memory = new Memory(form.filesUrl);
    this.#sent = new Sent((file) => this.#memory.print(file));
    this.#pieces = new Pieces(form);
    this.#queue = new Queue(AT_ONCE, (item) => this.#changed(item), (item) => this.#progressed(item));
    this.#news = new News(host, form, this.#queue);
    this.retext(texts);
    takePastes((files) => this.add(files), signal);
    this.#listen(signal);
    this.#ticker = setInterval(() => this.#tick(), 1000);
    this.add(chosen);
  }

  close() {
    this.#end.abort();
    this.#drops.abort();
    clearInterval(this.#ticker);
    this.pause();
    this.#memory.release();
    this.#view.close();
    this.#form.release();
  }

  /** Shows all anew, in these texts and as the element's attributes are now. */
  retext(texts) {
    this.#texts = texts;
    this.#form.lang = texts.lang;
    this.#view?.close();
    this.#view = new View(this.#form, texts, {
      choose: (files) => this.add(files),
      start: () => this.start(),
      goOn: () => this.#finish(),
      pauseAll: () => this.pause(),
      resumeAll: () => this.resume(),
      cancelAll: () => this.#cancelAll(),
      pause: (item) => item.pause(),
      resume: (item) => item.queue(),
      retry: (item) => (item.state === 'waiting' ? item.wake() : item.queue()),
      remove: (item) => this.#remove(item),
      discard: (entry) => this.#discard(entry),
    });
    this.#host.shadowRoot.replaceChildren(this.#view.element);
    this.#takeDrops();
    this.#show();
    this.#showUnfinished();
  }

  #takeDrops() {
    this.#drops.abort();
    this.#drops = new AbortController();
    const area = isOn(this.#host, 'drop-anywhere') ? document.documentElement : this.#host;
    takeDrops(this.#host, area, (files) => this.add(files), this.#drops.signal);
  }

  /** Keeps its form as it took it, whatever the page has made of that. */
  hold() {
    this.#form.hold();
    this.#show();
  }

  /** Whether it is that of a form. */
  isOf(form) {
    return form !== null && this.#form.isSame(form);
  }

  /** The files that are not uploaded. */
  get files() {
    return this.#queue.items.filter(({ state }) => state !== 'done').map(({ chosen }) => chosen);
  }

  get uploads() {
    return this.#queue.in('done').map(({ file, upload }) => ({ file, ...upload }));
  }

  /** Files that are stored already take no place of those that may follow. */
  async add(files) {
    const { token } = this.#form;
    this.#take(files, this.#sent.hasAny(token) ? await this.#sent.among(token, [...files]) : new Set());
  }

  #take(files, stored) {
    const leftOut = [];
    const known = [];
    for (const file of files) {
      if (this.#isKnown(file)) {
        known.push(file.name);
        continue;
      }
      const failure = refusal(file, this.#form);
      const isStored = stored.has(file);
      if (!failure && !isStored && this.#queue.counted >= this.#form.maxFiles) {
        leftOut.push(file.name);
      } else {
        this.#addItem(file, failure, isStored);
      }
    }
    const said = [];
    if (leftOut.length > 0) {
      said.push(this.#texts.say('tooMany', { count: this.#form.maxFiles, names: leftOut.join(', ') }));
    }
    if (known.length > 0) {
      said.push(this.#texts.say('known', { count: known.length, names: known.join(', ') }));
    }
    this.#view.notice(said.join(' '));
    this.#show();
    if (isOn(this.#host, 'auto')) {
      this.start();
    }
  }

  start() {
    const ready = this.#queue.in('ready');
    if (ready.length > 0 && this.#form.isValid()) {
      ready.forEach((item) => item.queue());
      this.#view.focusList();
    }
  }

  pause() {
    this.#queue.items.forEach((item) => item.pause());
  }

  resume() {
    this.#queue.in('paused').forEach((item) => item.queue());
  }

  /** Keeps times up to date, and what other pages know of the uploads here, and this one of theirs. */
  #tick() {
    this.#queue.in('waiting').forEach((item) => this.#view.showItem(item));
    this.#queue.items.filter(({ isPending }) => isPending).forEach(({ file }) => this.#memory.touch(file));
    this.#showUnfinished();
  }

  #listen(signal) {
    window.addEventListener('pagehide', () => this.#memory.release(), { signal });
    const warn = (event) => this.#queue.isBusy && event.preventDefault();
    window.addEventListener('beforeunload', warn, { signal });
    window.addEventListener('offline', () => this.#news.offline(this.#view), { signal });
    // Back from return_url, out of the browser's memory.
    window.addEventListener('pageshow', () => {
      this.#leaving = false;
      this.#show();
    }, { signal });
  }

  #isKnown(file) {
    return this.#queue.items.some(
      ({ chosen: other }) => ['name', 'size', 'lastModified', 'type'].every((key) => other[key] === file[key]));
  }

  #addItem(file, failure, isStored) {
    const item = new Item(file, (each) => this.#prepare(each), failure);
    item.isStored = isStored;
    this.#queue.add(item);
    this.#show();
    if (failure) {
      this.#changed(item);
    } else if (this.#isBig(file)) {
      this.#recognise(item);
    }
  }

  #isBig(file) {
    return this.#form.isResumable && file.size >= this.#pieces.from;
  }

  /** Makes a picture as small as the page wants it, and gives the way that it is sent. */
  async #prepare(item) {
    const { maxPixels } = this.#form;
    if (maxPixels) {
      item.file = await shrunk(item.chosen, maxPixels);
      const failure = tooLarge(item.file, this.#form);
      if (failure) {
        throw failure;
      }
    }
    const { file } = item;
    const title = () => (this.#form.hasTitles ? item.title.trim() : '');
    const keys = this.#sent.keys(this.#form.token, item.chosen);
    const inPieces = () => {
      // It is noted as unfinished from now on, and is no other than this one.
      this.#memory.print(file).then((print) => (item.print = print), () => {});
      return new Tus(this.#form, file, this.#memory, this.#pieces, title, keys);
    };
    return this.#isBig(file)
      ? inPieces()
      : new Either(
        new Post(this.#form, file, title, keys), this.#form.isResumable ? inPieces : null, this.#pieces, file.size);
  }

  /** Sees whether a file is one that an earlier visit did not finish. */
  async #recognise(item) {
    item.print = await this.#memory.print(item.file).catch(() => null);
    const entry = this.#memory.list().find(({ print }) => print === item.print);
    if (entry && !entry.isElsewhere && item.state === 'ready') {
      item.sent = entry.sent;
      this.#view.showItem(item);
    }
    this.#showUnfinished();
  }

  #showUnfinished() {
    const prints = this.#queue.items.map((item) => item.print);
    this.#view.showUnfinished(
      this.#memory.list().filter(({ print, isElsewhere }) => !isElsewhere && !prints.includes(print)));
  }

  #show() {
    this.#view.show(this.#queue, this.#leaving);
  }

  #progressed(item) {
    this.#view.showItem(item);
    this.#view.showTotal(this.#queue, this.#leaving);
    this.#news.progressed(item, this.#view, this.#texts);
  }

  #changed(item) {
    this.#show();
    this.#news.changed(item, this.#view, this.#texts);
    if (['paused', 'failed'].includes(item.state)) {
      this.#memory.leave(item.file);
    }
    if (item.state === 'done') {
      this.#sent.stored(this.#form.token, item.chosen);
    }
    if (item.state === 'done' && this.#queue.isDone) {
      this.#finish();
    }
  }

  async #remove(item) {
    const index = this.#queue.items.indexOf(item);
    const removed = this.#queue.remove(item);
    this.#view.notice('');
    this.#show();
    this.#view.focusAfter(index, this.#queue.items);
    this.#view.announce('removedOf', { name: item.file.name });
    await removed;
    this.#showUnfinished();
    if (this.#queue.isDone) {
      this.#finish();
    }
  }

  /** Leaves what is uploaded. */
  async #cancelAll() {
    const unfinished = this.#queue.items.filter(({ state }) => state !== 'done');
    const cancelled = unfinished.map((item) => this.#queue.remove(item));
    this.#view.notice('');
    this.#show();
    this.#view.focusAfter(0, this.#queue.items);
    this.#view.announce('cancelledAll');
    await Promise.all(cancelled);
    this.#showUnfinished();
    if (this.#queue.isDone) {
      this.#finish();
    }
  }

  #discard(entry) {
    this.#memory.drop(entry.print);
    this.#showUnfinished();
    this.#view.focusAfter(0, []);
    return drop(entry.url);
  }

  /** Tells the page that all is uploaded, and goes on to return_url unless it does so itself. */
  #finish() {
    const { uploads } = this;
    const { upload, fields } = this.#queue.in('done').at(-1);
    const { callback_url: address } = upload;
    const callback = address ? renewed(address, fields, further(this.#form.fields())) : null;
    if (this.#news.done(uploads, callback) && /^https?:$/.test(callback?.protocol)) {
      this.#leaving = true;
      this.#show();
      // Long after the visitor's click, browsers open no other window.
      if (window.open(callback, this.#form.target) === null) {
        location.assign(callback);
      }
    }
  }
}

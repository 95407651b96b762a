import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FETCHED, TEXTS, Texts, fetchTexts, textsFrom } from '../../../webapp/assets/slipway-upload/texts.js';
import { categories, formsOf, names, without } from './plurals.js';

textsFrom((language) => import(`../../../webapp/assets/slipway-upload/texts/${language}.js`));

for (const lang of ['en', ...FETCHED]) {
  test(`${lang} has every text, and no other`, async () => {
    await fetchTexts(lang);
    assert.deepEqual(Object.keys(TEXTS[lang]).sort(), Object.keys(TEXTS.en).sort());
  });

  test(`${lang} has a form for every plural category, and no other`, async () => {
    await fetchTexts(lang);
    const expected = [...categories(lang).keys()].sort();
    for (const [key, text] of Object.entries(TEXTS[lang])) {
      if (typeof text === 'object') {
        assert.deepEqual(Object.keys(text).sort(), expected, key);
      } else {
        assert.ok(typeof TEXTS.en[key] === 'string' || expected.length === 1, `${key} has a number`);
      }
    }
  });

  test(`${lang} fills in what English does`, async () => {
    await fetchTexts(lang);
    const sizes = categories(lang);
    for (const [key, text] of Object.entries(TEXTS[lang])) {
      const asked = names(formsOf(TEXTS.en[key]).other);
      for (const [category, form] of Object.entries(formsOf(text))) {
        assert.ok(form.trim().length > 0, key);
        const isOneNumber = sizes.get(category) === 1;
        if (isOneNumber || !asked.includes('count')) {
          assert.deepEqual(without(names(form), 'count'), without(asked, 'count'), `${key} ${category}`);
        } else {
          assert.deepEqual(names(form), asked, `${key} ${category}`);
        }
      }
    }
  });
}

test('keeps what a page has of its own', () => {
  assert.equal(new Texts('da', { choose: 'Pluk' }).say('choose'), 'Pluk');
  assert.equal(new Texts('da', { waiting: '{time}' }).wait('waiting', 12), '12 sekunder');
});

test('leaves out what is no text', () => {
  for (const none of [undefined, null, 5, {}]) {
    const texts = new Texts('en', { choose: none, drop: 'Here' });
    assert.equal(texts.say('choose'), new Texts('en').say('choose'), JSON.stringify(none));
    assert.equal(texts.say('drop'), 'Here');
    assert.equal(texts.isOwn('choose'), false);
  }
  const one = new Texts('en', { choose: { one: 'Only one' } });
  assert.equal(one.say('choose', { count: 2 }), 'Only one', 'better than nothing');
  TEXTS.fi = { choose: undefined, drop: 'Tähän' };
  assert.equal(new Texts('fi').say('choose'), new Texts('en').say('choose'));
  delete TEXTS.fi;
});

test('reads in the language that a name which is none begins with, or in English', async () => {
  await fetchTexts('de');
  const names = { 'de-': 'de', 'de_DE.UTF-8': 'de', 'de_DE@euro': 'de', 'de-x': 'de', 'de_CH': 'de-CH' };
  for (const none of ['C', 'C.UTF-8', '-', ' ', '', '{{ lang }}', '__proto__', 'en--US', 'abcdefghijkl', 'i']) {
    names[none] = 'en';
  }
  for (const [name, lang] of Object.entries(names)) {
    const texts = new Texts(name, { drop: 'Here' });
    assert.equal(texts.lang, lang, name);
    assert.equal(texts.say('queued'), TEXTS[lang.slice(0, 2)].queued, name);
    assert.match(texts.wait('waiting', 12), /12/, name);
  }
});

test('tells its own words from those of a page', () => {
  assert.equal(new Texts('da').isOwn('token'), false);
  assert.equal(new Texts('da', { token: 'Slut' }).isOwn('token'), true);
  assert.equal(new Texts('xx').isOwn('token'), false, 'it reads as English');
  TEXTS.fi = { token: 'Loppu' };
  assert.equal(new Texts('fi-FI').isOwn('token'), true);
  delete TEXTS.fi;
});

test('joins what Arabic joins', () => {
  assert.equal(new Texts('ar').types('image/*,video/*,.pdf'), 'صور وفيديوهات');
  assert.equal(new Texts('ar').types('image/*,application/pdf'), 'صور وPDF');
});

test('names sizes, speeds, times and types as the language does', () => {
  const danish = new Texts('da-DK');
  assert.equal(danish.size(4_200_000), '4,2 MB');
  assert.match(danish.speed(1_500_000), /^1,5 MB.s/);
  assert.equal(danish.time(125), '2 minutter');
  assert.equal(danish.wait('waitingServer', 1), 'Serveren har travlt. Prøver igen om 1 sekund');
  assert.equal(danish.types('image/*,video/*,application/pdf,.heic'), 'billeder, videoer og PDF');
});

test('never says that a size is above a limit that reads the same', () => {
  const english = new Texts('en');
  assert.deepEqual(english.sizes(4_200_000, 3_100_000), ['4.2 MB', '3.1 MB']);
  assert.deepEqual(english.sizes(3_148_401, 3_100_000), ['3.15 MB', '3.1 MB']);
  assert.deepEqual(english.sizes(1_000_400, 1_000_000), ['1.0004 MB', '1 MB']);
  assert.deepEqual(english.sizes(500_100, 500_000), ['500.1 kB', '500 kB']);
  assert.deepEqual(english.sizes(7, 7), ['7 bytes', '7 bytes']);
});

test('says bytes as a word of the language, and speeds in kilobytes', () => {
  const sizes = (lang) => [1, 2, 900].map((bytes) => new Texts(lang).size(bytes).replace('\u00a0', ' '));
  assert.deepEqual(sizes('en'), ['1 byte', '2 bytes', '900 bytes']);
  assert.deepEqual(sizes('da'), ['1 byte', '2 bytes', '900 bytes']);
  assert.deepEqual(sizes('de'), ['1 Byte', '2 Byte', '900 Byte']);
  assert.deepEqual(sizes('fr'), ['1 octet', '2 octets', '900 octets']);
  assert.deepEqual(sizes('pl'), ['1 bajt', '2 bajty', '900 bajtów']);
  assert.deepEqual(sizes('pt'), ['1 byte', '2 bytes', '900 bytes']);
  assert.equal(new Texts('en').speed(480), '0.5 kB/s');
  assert.equal(new Texts('en').speed(1_500), '2 kB/s');
});

test('rounds no size to 1,000 of its unit, and nothing to 100 % before all is there', () => {
  const english = new Texts('en');
  assert.deepEqual([999, 999_499, 999_500, 999_999].map((bytes) => english.size(bytes)),
    ['999 bytes', '999 kB', '1 MB', '1 MB']);
  assert.deepEqual([0, 0.29, 0.999, 1].map((part) => english.percent(part)), ['0%', '29%', '99%', '100%']);
});

test('counts as the language does', () => {
  const upload = (lang, counts) => counts.map((count) => new Texts(lang).say('upload', { count }));
  assert.deepEqual(upload('pl', [1, 3, 5, 12, 22]),
    ['Prześlij 1 plik', 'Prześlij 3 pliki', 'Prześlij 5 plików', 'Prześlij 12 plików', 'Prześlij 22 pliki']);
  assert.deepEqual(upload('uk', [21, 22, 25]),
    ['Завантажити 21 файл', 'Завантажити 22 файли', 'Завантажити 25 файлів']);
  assert.deepEqual(upload('ja', [1, 2]), ['1 個のファイルをアップロード', '2 個のファイルをアップロード']);
});

test('writes Arabic from the right, with names and numbers that stay whole', () => {
  const arabic = new Texts('ar-EG');
  assert.equal(arabic.dir, 'rtl');
  assert.equal(arabic.say('remove', { name: 'a (1).jpg' }), 'إزالة \u2068a (1).jpg\u2069');
  assert.equal(arabic.say('progress', { sent: 1, size: arabic.size(2) }), '1 من 2 بايت');
  assert.equal(arabic.size(10_700_000_000), '10.7 غ.ب');
});

test('knows a language by its other names', () => {
  const nynorsk = new Texts('nn-NO');
  assert.equal(nynorsk.lang, 'nb');
  assert.equal(nynorsk.say('files'), TEXTS.nb.files);
  assert.equal(new Texts('no').say('files'), TEXTS.nb.files);
  for (const lang of ['zh', 'zh-Hans', 'zh-Hant-TW']) {
    assert.equal(new Texts(lang).lang, 'zh-CN');
    assert.equal(new Texts(lang).say('files'), TEXTS.zh.files);
  }
  assert.equal(new Texts('pt-BR').say('files'), TEXTS.pt.files);
  assert.equal(new Texts('de_AT').lang, 'de-AT');
  assert.equal(new Texts('xx').lang, 'en');
});

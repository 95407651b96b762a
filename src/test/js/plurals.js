// What the tests of texts in many languages ask of a text.

/** The forms of a text by plural category; a text without a number has one for all. */
export const formsOf = (text) => (typeof text === 'object' ? text : { other: text });
/** The placeholders of a form. */
export const names = (form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
/** A list without one of its names. */
export const without = (list, name) => list.filter((other) => other !== name);

/** The categories of a language, each with how many of the counts up to 1000 are in it. */
export function categories(lang) {
  const rules = new Intl.PluralRules(lang);
  const sizes = new Map();
  for (let count = 0; count < 1000; count++) {
    const category = rules.select(count);
    sizes.set(category, (sizes.get(category) ?? 0) + 1);
  }
  return sizes;
}

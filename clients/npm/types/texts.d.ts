import type { TextKey } from '../lib/keys.js';

/** A text: one for all numbers, or a form for each plural category of the language (`Intl.PluralRules`). */
export type Text = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

/** All texts of a language. */
declare const texts: Record<TextKey, Text>;
export default texts;

// What an archive would put around a library that lacks it: numbers without their separators, words without accents, stems of two
// languages, and phrases held against the text of what was found. A trial "alone" has none of it.
import { stemmer as english } from "@orama/stemmers/english";
import { stemmer as german } from "@orama/stemmers/german";

export const glued = globalThis.GLUED === true;

/** Digits in groups of three are one number: 27,400 and 27 400 are 27400. */
export const joined = text => text.replace(/(?<=\d)[,.\s\u00a0\u202f'’](?=\d{3}(?!\d))/g, "");

export const folded = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** The stems of a text, one a word: the English stem's German stem, for a query does not say its language; Cyrillic words are cut. */
const stem = word => (/^\p{Script=Cyrillic}/u.test(word) ? word.slice(0, Math.max(4, word.length - 3)) : german(english(word)));
export const terms = text => (folded(joined(text)).match(/[\p{L}\p{N}]+/gu) || []).map(stem);

/** Of hits those in which all that stands in quotes is found as it stands. */
export const phrased = (query, hits) => {
  const phrases = [...query.matchAll(/"([^"]+)"/g)].map(([, phrase]) => ` ${folded(phrase)} `);
  const plain = text => ` ${(folded(text).match(/[\p{L}\p{N}]+/gu) || []).join(" ")} `;
  return hits.filter(hit => phrases.every(phrase => plain(`${hit.title} ${hit.text}`).includes(phrase)));
};

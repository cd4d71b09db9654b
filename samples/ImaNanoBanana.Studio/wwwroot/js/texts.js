/** The texts in the language in force, and the formats that go with it. */

import { english } from './texts-en.js';
import { chinese } from './texts-zh.js';

const tables = { en: english, zh: chinese };
const tags = { en: 'en', zh: 'zh-CN' };
let current = 'en';

export const texts = () => tables[current];

export function useLanguage(language) {
  current = language;
  document.documentElement.lang = tags[language];
  for (const target of document.querySelectorAll('[data-text]')) {
    target.textContent = texts()[target.dataset.text];
  }
}

export const formatNumber = value => new Intl.NumberFormat(tags[current], { maximumFractionDigits: 2 }).format(value);

export const formatTime = iso =>
  new Intl.DateTimeFormat(tags[current], { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));

/** "6 credits", "1 credit" */
export const formatCredits = value => texts().credits(value, formatNumber(value));

/** The beginning of a prompt, for places where a long one would be in the way. */
export function shorten(prompt, length = 80) {
  const characters = Array.from(prompt);
  return characters.length <= length ? prompt : `${characters.slice(0, length - 1).join('').trimEnd()}…`;
}

/** Shows a Problem: what happened, why, what to do, and what was charged. */

import { element } from './dom.js';
import { formatCredits, texts } from './texts.js';

/** onRetry: adds a button that tries again. */
export function problemNodes(problem, { charge = null, onRetry = null } = {}) {
  return [
    element('p', { class: 'problem-title' }, problem.title),
    problem.detail && problem.detail !== problem.title && element('p', {}, problem.detail),
    problem.suggestion && element('p', {}, problem.suggestion),
    charge && element('p', { class: 'charge' }, charge),
    onRetry && element('button', { type: 'button', class: 'button', 'data-action': 'retry', onclick: onRetry }, texts().tryAgain),
  ].filter(Boolean);
}

/** What was charged, in words; null if the problem says nothing about it. */
export function chargeText(chargeStatus, credits) {
  switch (chargeStatus) {
    case 'notCharged':
      return texts().notCharged;
    case 'charged':
      return Number.isFinite(credits) ? texts().charged(formatCredits(credits), credits) : texts().chargedSomething;
    case 'unknown':
      return texts().chargeUnknown;
    default:
      return null;
  }
}

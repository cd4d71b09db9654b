/** One card of the gallery: an order in work, or what became of it. */

import { ratioOf } from './choices.js';
import { element, replaceContents, setText } from './dom.js';
import { isEnd } from './images.js';
import { pictureActions, pictures } from './pictures.js';
import { chargeText, problemNodes } from './problem-view.js';
import { formatCredits, formatTime, shorten, texts } from './texts.js';

/** The frame of a very wide or very tall image stays within these, so that one card does not fill the page. */
const narrowestFrame = 0.7;
const widestFrame = 1.9;

/** actions: open(image, index), useAsReference(file), again(image), retry(image). */
export function createCard(id) {
  return element('article', { class: 'card', 'data-id': id, 'aria-labelledby': `image-${id}`, tabindex: '-1' });
}

/** While the order is in work only the texts change: made again, the progress bar would start anew each time. */
export function renderCard(card, image, actions) {
  const phase = isEnd(image) ? `${image.language} ${image.revision}` : `${image.language} in work`;
  if (card.dataset.phase !== phase) {
    card.dataset.phase = phase;
    replaceContents(card, ...(isEnd(image) ? endNodes(image, actions) : workNodes(image)));
  }

  card.dataset.state = image.state;
  if (!isEnd(image)) {
    updateWork(card, image);
  }
}

function workNodes(image) {
  const frame = element('div', { class: 'frame placeholder' },
    element('p', { class: 'state' }),
    element('progress', { max: '100', 'aria-label': texts().progressOf(shorten(image.prompt)) }));
  frame.style.aspectRatio = String(frameRatio(image));
  return [...promptNodes(image), frame, element('p', { class: 'facts' }), element('div', { class: 'notes' })];
}

function updateWork(card, image) {
  const state = texts().states[image.state] ?? texts().states.waiting;
  const hasPercent = Number.isFinite(image.percent);
  setText(card.querySelector('.state'), hasPercent ? texts().statePercent(state, Math.round(image.percent)) : state);

  const progress = card.querySelector('progress');
  if (hasPercent) {
    progress.value = image.percent;
  } else {
    progress.removeAttribute('value');
  }

  setText(card.querySelector('.facts'), facts(image).join(' · '));
  card.querySelector('.notes').replaceChildren(...noteNodes(image));
}

function endNodes(image, actions) {
  const isFinished = image.state === 'finished';
  const only = image.files.length === 1 ? image.files[0] : null;
  return [
    ...promptNodes(image),
    image.files.length > 0 && pictures(image, frameRatio(image), actions),
    (!isFinished || image.error) && outcome(image),
    element('p', { class: 'facts' }, facts(image).join(' · '), ' ', time(image)),
    ...noteNodes(image),
    element('div', { class: 'actions' },
      ...(only ? pictureActions(image, only, 0, actions) : []),
      image.canRetry && action(image, 'retry', texts().tryAgain, () => actions.retry(image)),
      action(image, 'again', texts().again, () => actions.again(image))),
  ];
}

function action(image, name, label, onclick) {
  const properties = { type: 'button', class: 'button', 'data-action': name, 'aria-describedby': `image-${image.id}`, onclick };
  return element('button', properties, label);
}

function outcome(image) {
  const title = image.state === 'unknown' ? texts().unknownTitle : texts().failedTitle;
  const problem = image.error ?? { title };
  const chargeStatus = problem.chargeStatus ?? (image.state === 'unknown' ? 'unknown' : undefined);
  return element('div', { class: 'problem' }, ...problemNodes(problem, { charge: chargeText(chargeStatus, image.credits) }));
}

function promptNodes(image) {
  const title = shorten(image.prompt);
  return [
    element('h3', { id: `image-${image.id}` }, title),
    title !== image.prompt && element('details', {},
      element('summary', { 'data-action': 'prompt' }, texts().wholePrompt),
      element('p', {}, image.prompt)),
  ];
}

function facts(image) {
  const seconds = image.finishedAt && Math.round((Date.parse(image.finishedAt) - Date.parse(image.createdAt)) / 1000);

  // After a failure the price is not what was charged: the problem says that.
  const hasPrice = Number.isFinite(image.credits) && !image.error && image.state !== 'failed' && image.state !== 'unknown';
  return [
    image.modelName ?? texts().automatic,
    image.size,
    image.aspectRatio,
    hasPrice && formatCredits(image.credits),
    image.state === 'finished' && seconds > 0 && texts().took(seconds),
  ].filter(Boolean);
}

const time = image => element('time', { datetime: image.createdAt }, formatTime(image.createdAt));

const noteNodes = image => image.notes.map(note => element('p', { class: 'note' }, note));

function frameRatio(image) {
  const [file] = image.files;
  const ratio = file?.width && file.height ? file.width / file.height : ratioOf(image.aspectRatio);
  return Math.min(widestFrame, Math.max(narrowestFrame, ratio ?? 1));
}

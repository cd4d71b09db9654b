/** A group of radio buttons whose first choice is Automatic. */

import { ratioOf } from './choices.js';
import { byId, element, replaceContents } from './dom.js';
import { texts } from './texts.js';

const ratioBoxSize = 18;

/** choices: [{ value, label, picture }]. The buttons are made again only when the choices are others. */
export function renderChoices(name, choices, chosen, onChoose) {
  const group = byId(`${name}-field`).querySelector('.chips');
  const all = [{ value: '', label: texts().automatic }, ...choices];
  const shown = [...group.querySelectorAll('label')].map(label => [label.firstElementChild.value, label.textContent]);
  if (JSON.stringify(shown) !== JSON.stringify(all.map(choice => [choice.value, choice.label]))) {
    replaceContents(group, ...all.map(choice => chip(name, choice, onChoose)));
  }

  for (const input of group.querySelectorAll('input')) {
    input.checked = input.value === chosen;
  }
}

export function renderRatios(name, ratios, chosen, onChoose) {
  renderChoices(name, ratios.map(ratio => ({ value: ratio, label: ratio, picture: ratioBox(ratio) })), chosen, onChoose);
}

function chip(name, { value, label, picture }, onChoose) {
  const input = element('input', {
    type: 'radio',
    name,
    value,
    'data-action': `${name}-${value}`,
    onchange: () => onChoose(value),
  });
  return element('label', { class: 'chip' }, input, picture, element('span', {}, label));
}

function ratioBox(text) {
  const ratio = ratioOf(text);
  if (ratio === null) {
    return null;
  }

  const box = element('span', { class: 'ratio-box', 'aria-hidden': 'true' });
  box.style.width = `${Math.max(3, ratioBoxSize * Math.min(1, ratio))}px`;
  box.style.height = `${Math.max(3, ratioBoxSize / Math.max(1, ratio))}px`;
  return element('span', { class: 'ratio-frame', 'aria-hidden': 'true' }, box);
}

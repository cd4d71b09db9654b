/** Shows the price, the button with it, and why an order cannot be sent. */

import { byId, describe, element, replaceContents, setText } from './dom.js';
import { isUploading } from './order.js';
import { canSubmit } from './order-form.js';
import { chargeText, problemNodes } from './problem-view.js';
import { askAgain } from './quote.js';
import { watch } from './store.js';
import { formatCredits, formatNumber, texts } from './texts.js';

const fields = {
  prompt: 'prompt',
  references: 'references-field',
  images: 'references-field',
  model: 'model-field',
  size: 'size-field',
  aspectratio: 'aspectRatio-field',
  count: 'count',
};

export function startQuoteView(store) {
  const panel = byId('quote');
  const problemPanel = byId('order-problem');
  const generate = byId('generate');

  watch(store, state => [state.quote, isUploading(state)], state => {
    const { quote } = state;
    panel.dataset.state = quote.state;

    // Busy live regions are not read: only the answer is worth hearing.
    panel.setAttribute('aria-busy', String(quote.state === 'waiting'));
    if (quote.state === 'refused') {
      replaceContents(panel, ...problemNodes(quote.problem, { onRetry: () => askAgain(store) }));
    } else {
      replaceContents(panel, ...(quote.state === 'ready' ? priceNodes(quote.value) : [waitingNode(state)]));
    }
  });

  watch(store, state => [state.orderProblem], ({ orderProblem }) => {
    const charge = chargeText(orderProblem?.chargeStatus);
    problemPanel.replaceChildren(...(orderProblem ? problemNodes(orderProblem, { charge }) : []));
  });

  watch(store, state => [state.quote, state.orderProblem, state.promptMissing], markFields);

  watch(store, state => [state.quote, state.outbox, canSubmit(state)], state => {
    const { outbox, quote } = state;
    const credits = quote.state === 'ready' ? formatCredits(quote.value.credits) : null;
    const label = credits ? texts().generateFor(credits) : texts().generate;
    setText(generate, outbox.length > 0 ? texts().sending : label);

    // Not the disabled attribute: it would take the focus away from a button that was just pressed.
    generate.setAttribute('aria-disabled', String(!canSubmit(state)));
    setText(byId('outbox-notice'), outbox.some(entry => entry.attempts > 0) ? texts().sendingAgain : '');
  });
}

const waitingNode = state => element('p', { class: 'hint' }, isUploading(state) ? texts().quoteUploading : texts().quoteWaiting);

function priceNodes(quote) {
  const each = quote.count > 1 && texts().quoteEach(formatCredits(quote.creditsPerImage), formatNumber(quote.count));
  const facts = [quote.modelName, quote.size, quote.aspectRatio, each, secondsText(quote)].filter(Boolean);
  return [
    element('p', { class: 'price' }, formatCredits(quote.credits)),
    element('p', { class: 'hint' }, facts.join(' · ')),
    ...quote.notes.map(note => element('p', { class: 'note' }, note)),
  ];
}

function secondsText({ minSeconds, maxSeconds }) {
  if (!maxSeconds) {
    return null;
  }

  return minSeconds && minSeconds !== maxSeconds ? texts().secondsRange(minSeconds, maxSeconds) : texts().secondsMost(maxSeconds);
}

/** Points from the field that a problem is about to the words of the problem. */
function markFields({ quote, orderProblem, promptMissing }) {
  const ofQuote = quote.state === 'refused' ? fieldOf(quote.problem) : undefined;
  const ofOrder = orderProblem ? fieldOf(orderProblem) : undefined;
  for (const id of new Set(Object.values(fields))) {
    const field = byId(id);
    const isInvalid = id === ofQuote || id === ofOrder || (id === 'prompt' && promptMissing);
    field.classList.toggle('invalid', isInvalid);
    describe(field, 'quote', id === ofQuote);
    describe(field, 'order-problem', id === ofOrder);

    // A plain group of controls, such as the references, has no aria-invalid.
    if (isInvalid && id !== 'references-field') {
      field.setAttribute('aria-invalid', 'true');
    } else {
      field.removeAttribute('aria-invalid');
    }
  }
}

const fieldOf = problem => fields[(problem.parameter ?? '').replaceAll(/[^a-z]/gi, '').toLowerCase()];

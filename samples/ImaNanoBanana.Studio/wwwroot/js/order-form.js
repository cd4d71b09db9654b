/** The form: shows state.order and turns what the visitor does into changes of it. */

import { offered } from './choices.js';
import { renderChoices, renderRatios } from './choice-group.js';
import { byId, element, setText } from './dom.js';
import { changeChoices, changePrompt } from './order.js';
import { submitOrder } from './outbox.js';
import { watch } from './store.js';
import { texts } from './texts.js';

export function startOrderForm(store) {
  const form = byId('order-form');
  const prompt = byId('prompt');
  const count = byId('count');
  const generate = byId('generate');

  prompt.addEventListener('input', () => changePrompt(store, prompt.value));
  prompt.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.repeat) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  count.addEventListener('change', () => changeChoices(store, { count: Number(count.value) }));

  generate.addEventListener('click', event => {
    // The second click of a double click must not order the image a second time.
    if (event.detail > 1) {
      event.preventDefault();
    }
  });

  generate.addEventListener('keydown', event => {
    // Neither must a key that is held down.
    if (event.repeat) {
      event.preventDefault();
    }
  });

  form.addEventListener('submit', event => {
    event.preventDefault();
    submit();
  });

  function submit() {
    const state = store.get();
    if (state.order.prompt.trim() === '') {
      store.update({ promptMissing: true });
      prompt.focus();
    } else if (canSubmit(state)) {
      submitOrder(store);
    }
  }

  watch(store, state => [state.order.prompt, state.settings], ({ order, settings }) => {
    // Only if it is another one: setting the value moves the cursor to the end.
    if (prompt.value !== order.prompt) {
      prompt.value = order.prompt;
    }

    const most = settings?.limits.maxPromptLength;
    if (most) {
      prompt.maxLength = most;
    }

    const left = most - order.prompt.length;
    const isNearLimit = most && left <= most / 10;
    setText(byId('prompt-hint'), isNearLimit ? texts().promptLeft(Math.max(0, left)) : texts().promptHint);
  });

  watch(store, state => [state.promptMissing], ({ promptMissing }) => {
    setText(byId('prompt-error'), promptMissing ? texts().promptMissing : '');
  });

  watch(store, state => [state.settings, state.references.length, state.order], renderOffer);

  watch(store, state => [state.dropped], ({ dropped }) => {
    const sentences = dropped.map(({ parameter, value, by, most }) => texts().dropped[parameter](value, by, most));
    setText(byId('choice-notice'), sentences.join(' '));
  });

  function renderOffer({ settings, references, order }) {
    form.setAttribute('aria-busy', String(!settings));
    if (!settings) {
      return;
    }

    const offer = offered(settings, references, order.model);
    const change = parameter => value => changeChoices(store, { [parameter]: value });
    const models = offer.models.map(model => ({ value: model.id, label: model.name }));
    const sizes = offer.sizes.map(size => ({ value: size, label: size }));
    renderChoices('model', models, order.model, change('model'));
    renderChoices('size', sizes, order.size, change('size'));
    renderRatios('aspectRatio', offer.aspectRatios, order.aspectRatio, change('aspectRatio'));

    byId('count-field').hidden = offer.maxImages === 1;
    if (count.options.length !== offer.maxImages) {
      const numbers = Array.from({ length: offer.maxImages }, (_, index) => String(index + 1));
      count.replaceChildren(...numbers.map(number => element('option', { value: number }, number)));
    }

    count.value = String(order.count);
  }
}

/** Another order can follow as soon as the server has answered the one that is on its way. */
export const canSubmit = state =>
  state.order.prompt.trim() !== '' && state.quote.state === 'ready' && state.outbox.length === 0;

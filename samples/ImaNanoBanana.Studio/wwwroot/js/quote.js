/** Keeps the price of the order in state.quote: { state: 'waiting' | 'ready' | 'refused', value, problem }. */

import { postQuote, problemOf } from './api.js';
import { isUploading, orderBody } from './order.js';

const pauseBeforeQuote = 200;

/** The price does not depend on the prompt, so it is there before the prompt is. */
const promptForPrice = '-';

export function startQuoting(store) {
  let asked = '';
  let priced = '';
  let timer = 0;
  let running = new AbortController();

  store.subscribe(state => {
    if (!state.settings) {
      return;
    }

    const body = isUploading(state) ? null : orderBody(state);
    const price = JSON.stringify(body && { ...body, prompt: '' });
    const question = JSON.stringify([body, state.language, state.usage?.remaining, state.quoteRound]);
    if (question === asked) {
      return;
    }

    asked = question;
    running.abort();
    clearTimeout(timer);
    if (body) {
      timer = setTimeout(() => ask(body, state.language), pauseBeforeQuote);
    }

    // A new prompt keeps the price that is shown; other changes make it invalid at once.
    if (price !== priced) {
      priced = price;
      store.update({ quote: { state: 'waiting' } });
    }
  });

  async function ask(body, language) {
    running = new AbortController();
    const { signal } = running;
    try {
      const value = await postQuote({ ...body, prompt: body.prompt || promptForPrice }, language, signal);
      if (!signal.aborted) {
        store.update({ quote: { state: 'ready', value } });
      }
    } catch (error) {
      if (!signal.aborted) {
        store.update({ quote: { state: 'refused', problem: problemOf(error) } });
      }
    }
  }
}

/** Asks for the price again although the order is the same. */
export function askAgain(store) {
  store.update(state => ({ quoteRound: state.quoteRound + 1 }));
}

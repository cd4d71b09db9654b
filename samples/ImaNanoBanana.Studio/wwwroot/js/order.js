/** The order that the form describes, and the changes to it. */

import { settle } from './choices.js';

export const emptyOrder = { prompt: '', model: '', size: '', aspectRatio: '', count: 1 };

export function changePrompt(store, prompt) {
  store.update(state => ({ order: { ...state.order, prompt }, orderProblem: null, promptMissing: false }));
}

export function changeChoices(store, change) {
  store.update(state => ({ ...settled(state, { order: { ...state.order, ...change } }), orderProblem: null }));
}

/** change: makes the new references from the present ones. They decide on the kind of task, so choices can fall away. */
export function changeReferences(store, change) {
  store.update(state => {
    const next = settled(state, { references: change(state.references) });

    // What fell away when an upload began is still worth reading when it ends.
    return { ...next, dropped: next.dropped?.length > 0 ? next.dropped : state.dropped, orderProblem: null };
  });
}

export function changeSettings(store, settings) {
  store.update(state => ({ ...settled(state, { settings }), settingsProblem: null }));
}

/** Fills the whole form, from an image (again with changes) or from an order that is still on its way. */
export function fillOrder(store, source, files) {
  const { prompt, model = '', size = '', aspectRatio = '', count = 1 } = source;
  const references = files.map(file => ({ key: file.id, state: 'ready', preview: file.url, file }));
  store.update(state => ({
    ...settled(state, { order: { prompt, model, size, aspectRatio, count }, references }),
    referenceProblems: [],
    orderProblem: null,
    promptMissing: false,
  }));
}

export const isUploading = state => state.references.some(reference => reference.state === 'uploading');

/** The order as the server takes it. What is Automatic is left out. */
export function orderBody({ order, references }) {
  const { model, size, aspectRatio, count } = order;
  return {
    prompt: order.prompt.trim(),
    ...(model && { model }),
    ...(size && { size }),
    ...(aspectRatio && { aspectRatio }),
    count,
    references: references.map(reference => reference.file.id),
  };
}

function settled(state, change) {
  const next = { ...state, ...change };
  if (!next.settings) {
    return change;
  }

  return { ...change, ...settle(next.settings, next.references, next.order) };
}

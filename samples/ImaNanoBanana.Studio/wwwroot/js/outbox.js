/**
 * Sends orders. Each press has one key, kept in sessionStorage with its order until the server has decided. After a
 * lost connection or a reload the same order goes out with the same key: the server recognises it, so this never charges twice.
 */

import { postImage } from './api.js';
import { mergeImages } from './images.js';
import { fillOrder, orderBody } from './order.js';
import { askAgain } from './quote.js';
import { growingWait, pause } from './waiting.js';

const storageName = 'studio.outbox';

export function startOutbox(store) {
  const waiting = read().map(entry => ({ ...entry, attempts: entry.attempts + 1 }));
  if (waiting.length > 0) {
    // Only the ids of the references are kept; the form needs their addresses, which follow from the ids.
    const { order } = waiting.at(-1);
    fillOrder(store, order, order.references.map(id => ({ id, url: `/files/${id}` })));
    store.update({ outbox: waiting });
    waiting.forEach(entry => send(store, entry));
  }
}

export function submitOrder(store) {
  const state = store.get();
  const order = { ...orderBody(state), maxCredits: state.quote.value.credits };
  const entry = { key: newKey(), order, attempts: 0 };
  change(store, entries => [...entries, entry]);
  store.update({ orderProblem: null });
  send(store, entry);
}

async function send(store, entry) {
  for (let attempts = entry.attempts; ; attempts++) {
    try {
      const { language } = store.get();
      const image = await postImage(entry.order, entry.key, language);
      mergeImages(store, [image], language);
      remove(store, entry);
      return;
    } catch (error) {
      if (error.isDecided) {
        remove(store, entry);
        store.update({ orderProblem: error.problem });
        askAgain(store);
        return;
      }
    }

    // Counted before the wait: the page says so while it waits, and not only once the next attempt begins.
    change(store, entries => entries.map(other => (other.key === entry.key ? { ...other, attempts: attempts + 1 } : other)));
    await pause(growingWait(attempts));
  }
}

function remove(store, entry) {
  change(store, entries => entries.filter(other => other.key !== entry.key));
}

function change(store, make) {
  store.update(state => ({ outbox: make(state.outbox) }));
  try {
    sessionStorage.setItem(storageName, JSON.stringify(store.get().outbox));
  } catch {
    // Storage is blocked: the order survives a lost connection, but not a reload.
  }
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(storageName)) ?? [];
  } catch {
    return [];
  }
}

/** randomUUID is missing where the page comes over http from another machine. */
function newKey() {
  if (crypto.randomUUID) {
    return crypto.randomUUID();
  }

  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

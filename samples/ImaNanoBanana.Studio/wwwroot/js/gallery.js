/** Shows the images of the state as cards, and what there is when there are none. */

import { byId, element, replaceContents } from './dom.js';
import { createCard, renderCard } from './image-card.js';
import { loadImages, loadMore } from './images.js';
import { changePrompt } from './order.js';
import { problemNodes } from './problem-view.js';
import { watch } from './store.js';
import { texts } from './texts.js';

/** actions: what the buttons of the cards do, see image-card.js. */
export function startGallery(store, actions) {
  const host = byId('cards');
  const more = byId('show-more');
  const empty = byId('gallery-empty');
  const cards = new Map();

  more.addEventListener('click', async () => {
    const firstId = await loadMore(store);

    // The button may be gone now, and who reads on wants to go on with the first new image.
    cards.get(firstId)?.focus();
  });

  watch(store, state => [state.images], ({ images }) => {
    const ids = new Set(images.map(image => image.id));
    for (const [id, card] of cards) {
      if (!ids.has(id)) {
        card.remove();
        cards.delete(id);
      }
    }

    images.forEach((image, index) => {
      const card = cards.get(image.id) ?? createCard(image.id);
      cards.set(image.id, card);
      renderCard(card, image, actions);

      // A card that is in its place is not touched: moving it would take its focus away.
      if (host.children[index] !== card) {
        host.insertBefore(card, host.children[index] ?? null);
      }
    });
  });

  watch(store, state => [state.gallery, state.images.length === 0], ({ gallery, images }) => {
    host.setAttribute('aria-busy', String(gallery.state === 'loading'));
    more.hidden = !gallery.more;
    empty.hidden = images.length > 0 || gallery.state === 'failed';
    replaceContents(empty, ...(gallery.state === 'ready' ? emptyNodes() : [element('p', {}, texts().galleryLoading)]));
    const nodes = gallery.problem ? problemNodes(gallery.problem, { onRetry: () => loadImages(store) }) : [];
    replaceContents(byId('gallery-problem'), ...nodes);
  });

  function emptyNodes() {
    return [
      element('p', { class: 'empty-title' }, texts().emptyTitle),
      element('p', {}, texts().emptyHint),
      element('ul', { role: 'list' }, ...texts().examples.map(example => element('li', {},
        element('button', { type: 'button', class: 'button example', onclick: () => use(example) }, example)))),
    ];
  }

  function use(example) {
    changePrompt(store, example);
    byId('prompt').focus();
  }
}

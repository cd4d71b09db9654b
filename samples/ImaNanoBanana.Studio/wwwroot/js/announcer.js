/** Tells screen readers when an image begins, ends or fails: once each, and nothing in between. */

import { element } from './dom.js';
import { isEnd } from './images.js';
import { shorten, texts } from './texts.js';

const mostMessages = 5;

/** The region has role=log, so each added line is read once and the earlier ones are not repeated. */
export function announce(region, message) {
  region.append(element('p', {}, message));
  while (region.children.length > mostMessages) {
    region.firstElementChild.remove();
  }
}

export function startAnnouncer(store, region) {
  const known = new Map();
  let isLoaded = false;

  store.subscribe(({ images, gallery }) => {
    for (const image of images) {
      const ended = isEnd(image);
      const before = known.get(image.id);
      known.set(image.id, ended);

      // An image that is at its end when it first appears is an older one that was loaded.
      const isNews = before === undefined ? !ended : ended !== before;
      if (isLoaded && isNews) {
        announce(region, messageOf(image));
      }
    }

    isLoaded ||= gallery.state === 'ready';
  });
}

function messageOf(image) {
  const prompt = shorten(image.prompt);
  switch (image.state) {
    case 'finished':
      return texts().announceFinished(prompt);
    case 'failed':
      return texts().announceFailed(image.error?.title ?? texts().failedTitle, prompt);
    case 'unknown':
      return texts().announceFailed(image.error?.title ?? texts().unknownTitle, prompt);
    default:
      return texts().announceStart(prompt);
  }
}

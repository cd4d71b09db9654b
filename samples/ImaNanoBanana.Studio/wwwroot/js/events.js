/** The one connection on which the server reports the images and the usage of this visitor, from all tabs. */

import { growingWait } from './waiting.js';

/**
 * Returns { open(language) }, which also replaces a connection in another language.
 * handlers: image(image, language), usage(usage), lost(), and recovered() when it is open again.
 */
export function createEvents(handlers) {
  let source = null;
  let timer = 0;
  let attempts = 0;
  let isLost = false;

  function open(language) {
    source?.close();
    clearTimeout(timer);
    const opened = new EventSource(`/events?${new URLSearchParams({ language })}`);
    source = opened;

    opened.addEventListener('image', event => receive(event, image => handlers.image(image, language)));
    opened.addEventListener('usage', event => receive(event, handlers.usage));

    opened.addEventListener('open', () => {
      attempts = 0;
      if (isLost) {
        isLost = false;
        handlers.recovered();
      }
    });

    opened.addEventListener('error', () => {
      isLost = true;
      handlers.lost();

      // The browser tries again by itself after a broken connection, but gives up for good after an HTTP error.
      if (opened.readyState === EventSource.CLOSED && opened === source) {
        clearTimeout(timer);
        timer = setTimeout(() => open(language), growingWait(attempts++));
      }
    });
  }

  return { open };
}

function receive(event, handle) {
  let value;
  try {
    value = JSON.parse(event.data);
  } catch {
    // Cut off on the way. The images are loaded again after a lost connection.
    return;
  }

  handle(value);
}

/** The dialog with one image at its full size. */

import { byId, element } from './dom.js';
import { shorten } from './texts.js';

const longestTitle = 200;

export function createViewer() {
  const dialog = byId('viewer');
  const frame = byId('viewer-frame');
  let opener = null;

  byId('viewer-close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', event => {
    // The dialog itself is hit only beside what it holds.
    if (event.target === dialog) {
      dialog.close();
    }
  });
  dialog.addEventListener('close', () => {
    frame.replaceChildren();
    focusOpener();
  });

  /** The card may have been made again in the meantime, for example in another language. */
  function focusOpener() {
    const card = document.querySelector(`article[data-id="${CSS.escape(opener.id)}"]`);
    (card?.querySelector(`[data-action="open-${opener.index}"]`) ?? card ?? byId('gallery-title')).focus();
  }

  return {
    open(image, index) {
      const file = image.files[index];
      opener = { id: image.id, index };
      byId('viewer-title').textContent = shorten(image.prompt, longestTitle);
      byId('viewer-download').href = `${file.url}?download`;
      frame.replaceChildren(element('img', { src: file.url, alt: image.prompt, width: file.width, height: file.height }));
      dialog.showModal();
    },
  };
}

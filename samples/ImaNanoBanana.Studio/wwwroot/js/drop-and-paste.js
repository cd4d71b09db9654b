/** Takes reference images that are dropped anywhere on the page or pasted into it. */

import { byId } from './dom.js';
import { addFiles } from './references.js';

export function startDropAndPaste(store) {
  const overlay = byId('drop-overlay');

  window.addEventListener('dragenter', event => show(hasFiles(event)));
  window.addEventListener('dragover', event => {
    if (hasFiles(event)) {
      // Without this the browser would open the file instead of the page.
      event.preventDefault();
    }
  });
  window.addEventListener('dragleave', event => {
    // Only leaving the window has no element that is entered.
    if (event.relatedTarget === null) {
      show(false);
    }
  });
  window.addEventListener('drop', event => {
    show(false);
    if (hasFiles(event)) {
      event.preventDefault();
      addFiles(store, [...event.dataTransfer.files]);
    }
  });

  document.addEventListener('paste', event => {
    const { files, types } = event.clipboardData;

    // Office programs add a picture of the copied text; there the text is meant.
    if (files.length > 0 && !types.includes('text/plain')) {
      event.preventDefault();
      addFiles(store, [...files]);
    }
  });

  function show(visible) {
    overlay.hidden = !visible;
  }
}

const hasFiles = event => event.dataTransfer?.types.includes('Files') ?? false;

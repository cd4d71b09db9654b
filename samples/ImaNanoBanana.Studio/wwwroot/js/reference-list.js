/** Shows the references in the form, and takes new ones from the button. */

import { announce } from './announcer.js';
import { byId, element, setText } from './dom.js';
import { addFiles, megabytes, removeReference } from './references.js';
import { watch } from './store.js';
import { texts } from './texts.js';

export function startReferenceList(store) {
  const list = byId('reference-list');
  const choose = byId('choose-references');
  const input = byId('reference-files');

  choose.addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    addFiles(store, [...input.files]);

    // Otherwise the same file could not be chosen again after it was removed.
    input.value = '';
  });

  watch(store, state => [state.references], ({ references }) => {
    releasePreviews(references);
    list.replaceChildren(...references.map((reference, index) => item(reference, index)));
  });

  watch(store, state => [state.settings], ({ settings }) => {
    const limits = settings?.limits;
    setText(byId('references-hint'), limits ? texts().referencesHint(limits.maxReferences, megabytes(limits.maxUploadBytes)) : '');
    choose.disabled = !settings;
  });

  watch(store, state => [state.referenceProblems], ({ referenceProblems }) => {
    byId('reference-problems').replaceChildren(...referenceProblems.map(problem => element('p', {}, problem)));
  });

  function item(reference, index) {
    const name = reference.name ?? texts().referenceOfGallery;
    return element('li', { class: 'reference', 'data-state': reference.state },
      element('img', { src: reference.preview, alt: texts().referenceAlt(name) }),
      reference.state === 'uploading' && element('span', { class: 'uploading' }, texts().uploading),
      element('button', {
        type: 'button',
        class: 'remove',
        'aria-label': texts().removeReference(index + 1, name),
        onclick: () => remove(reference.key, index, name),
      }, '×'));
  }

  /** The focus goes to the reference that takes the place, to the last one, or to the button that adds some. */
  function remove(key, index, name) {
    removeReference(store, key);
    const buttons = list.querySelectorAll('.remove');
    (buttons[Math.min(index, buttons.length - 1)] ?? choose).focus();
    announce(byId('announcements'), texts().announceRemoved(name));
  }
}

const previews = new Set();

/** Local previews hold their file in memory until they are released. */
function releasePreviews(references) {
  const needed = new Set(references.map(reference => reference.preview).filter(preview => preview.startsWith('blob:')));
  for (const preview of previews) {
    if (!needed.has(preview)) {
      URL.revokeObjectURL(preview);
      previews.delete(preview);
    }
  }

  needed.forEach(preview => previews.add(preview));
}

/** Adds and removes reference images. { key, name, state: 'uploading' | 'ready', preview, file } each. */

import { postReference, problemOf } from './api.js';
import { changeReferences } from './order.js';
import { texts } from './texts.js';

const acceptedTypes = ['image/png', 'image/jpeg', 'image/webp'];

const bytesInMegabyte = 1024 * 1024;

export const megabytes = bytes => Math.floor((bytes / bytesInMegabyte) * 10) / 10;

const uploads = new Map();
let lastKey = 0;

/** Checks the limits before anything is uploaded, and uploads what fits. */
export function addFiles(store, files) {
  const { settings } = store.get();
  if (!settings || files.length === 0) {
    return;
  }

  const { maxReferences, maxUploadBytes } = settings.limits;
  const problems = [];
  const fitting = files.filter(file => {
    if (!acceptedTypes.includes(file.type)) {
      problems.push(texts().wrongFormat(file.name));
    } else if (file.size > maxUploadBytes) {
      problems.push(texts().tooLarge(file.name, megabytes(maxUploadBytes)));
    } else {
      return true;
    }

    return false;
  });

  const free = Math.max(0, maxReferences - store.get().references.length);
  if (fitting.length > free) {
    problems.push(texts().tooManyReferences(maxReferences));
  }

  store.update({ referenceProblems: problems });
  fitting.slice(0, free).forEach(file => upload(store, file));
}

/** Adds a file that the server already has. Returns whether it was added. */
export function addStored(store, file, name) {
  const { references, settings } = store.get();
  const most = settings?.limits.maxReferences ?? Infinity;
  if (references.some(reference => reference.file?.id === file.id)) {
    store.update({ referenceProblems: [texts().alreadyReference] });
    return false;
  }

  if (references.length >= most) {
    store.update({ referenceProblems: [texts().tooManyReferences(most)] });
    return false;
  }

  store.update({ referenceProblems: [] });
  changeReferences(store, present => [...present, { key: file.id, name, state: 'ready', preview: file.url, file }]);
  return true;
}

export function removeReference(store, key) {
  uploads.get(key)?.abort();
  forget(store, key);
  store.update({ referenceProblems: [] });
}

async function upload(store, file) {
  const key = `upload-${++lastKey}`;
  const controller = new AbortController();
  uploads.set(key, controller);
  const preview = URL.createObjectURL(file);
  changeReferences(store, present => [...present, { key, name: file.name, state: 'uploading', preview }]);
  try {
    const stored = await postReference(file, store.get().language, controller.signal);
    changeReferences(store, present =>
      present.map(reference => (reference.key === key ? { ...reference, state: 'ready', file: stored } : reference)));
  } catch (error) {
    if (!controller.signal.aborted) {
      const { title, detail } = problemOf(error);
      forget(store, key);
      store.update(state => ({
        referenceProblems: [...state.referenceProblems, texts().uploadFailed(file.name, detail ?? title)],
      }));
    }
  } finally {
    uploads.delete(key);
  }
}

function forget(store, key) {
  changeReferences(store, present => present.filter(reference => reference.key !== key));
}

/** The images of the visitor in the state: the newest first, always the newest revision of each. */

import { getImages, postRetry, problemOf } from './api.js';

const ends = ['finished', 'failed', 'unknown'];

export const isEnd = image => ends.includes(image.state);

/** Takes over the images that are new or newer than those shown. */
export function mergeImages(store, images, language) {
  store.update(state => ({ images: merged(state, images, language) }));
}

/**
 * Loads as many images as were shown before, in the language in force: at the start, after a lost connection and in a new language.
 */
export async function loadImages(store) {
  const { language, images: before, gallery } = store.get();
  const oldest = gallery.oldest;
  store.update({ gallery: { ...gallery, state: 'loading', problem: null } });
  try {
    const loaded = [];
    let page;
    do {
      page = await getImages(language, loaded.at(-1)?.id);
      loaded.push(...page.images);
    } while (page.more && page.images.length > 0 && oldest && !loaded.some(image => image.id === oldest));

    if (store.get().language !== language) {
      return;
    }

    // What was shown and is not there any more is gone; what came by events in the meantime is newer than the page.
    const gone = new Set(before.map(image => image.id));
    loaded.forEach(image => gone.delete(image.id));
    store.update(state => ({
      images: merged({ ...state, images: state.images.filter(image => !gone.has(image.id)) }, loaded, language),
      gallery: { state: 'ready', problem: null, more: page.more, oldest: loaded.at(-1)?.id },
    }));
  } catch (error) {
    fail(store, language, error);
  }
}

/** Returns the id of the first image that was added, or undefined. */
export async function loadMore(store) {
  const { language, gallery } = store.get();
  store.update({ gallery: { ...gallery, state: 'loading', problem: null } });
  try {
    const page = await getImages(language, gallery.oldest);
    if (store.get().language !== language) {
      return undefined;
    }

    store.update(state => ({
      images: merged(state, page.images, language),
      gallery: { state: 'ready', problem: null, more: page.more, oldest: page.images.at(-1)?.id ?? gallery.oldest },
    }));
    return page.images[0]?.id;
  } catch (error) {
    fail(store, language, error);
    return undefined;
  }
}

export async function retryImage(store, { id }) {
  const { language } = store.get();
  try {
    mergeImages(store, [await postRetry(id, language)], language);
  } catch (error) {
    store.update(state => ({ gallery: { ...state.gallery, problem: problemOf(error) } }));
  }
}

function fail(store, language, error) {
  if (store.get().language === language) {
    store.update(state => ({ gallery: { ...state.gallery, state: 'failed', problem: problemOf(error) } }));
  }
}

function merged({ images: shown, language: currentLanguage }, images, language) {
  const byId = new Map(shown.map(image => [image.id, image]));
  for (const image of images) {
    const known = byId.get(image.id);
    const isOtherLanguage = known?.language !== language && language === currentLanguage;
    if (!known || image.revision > known.revision || isOtherLanguage) {
      byId.set(image.id, { ...image, language });
    }
  }

  return [...byId.values()].sort((left, right) => Date.parse(right.createdAt) - Date.parse(left.createdAt));
}

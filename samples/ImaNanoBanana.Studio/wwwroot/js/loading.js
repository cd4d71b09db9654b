/** Loads what the page needs besides the images. */

import { getSettings, getUsage, problemOf } from './api.js';
import { changeSettings } from './order.js';

export async function loadSettings(store) {
  const { language } = store.get();
  try {
    const settings = await getSettings(language);
    if (store.get().language === language) {
      changeSettings(store, settings);
    }
  } catch (error) {
    store.update({ settingsProblem: problemOf(error) });
  }
}

export async function loadUsage(store) {
  try {
    store.update({ usage: await getUsage() });
  } catch {
    // Only a convenience: the header leaves it out until the server reports it.
  }
}

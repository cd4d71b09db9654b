/** Puts the page together: makes the state, starts its parts, and loads everything in the visitor's language. */

import { announce, startAnnouncer } from './announcer.js';
import { startDropAndPaste } from './drop-and-paste.js';
import { byId } from './dom.js';
import { createEvents } from './events.js';
import { startGallery } from './gallery.js';
import { loadImages, mergeImages, retryImage } from './images.js';
import { loadSettings, loadUsage } from './loading.js';
import { emptyOrder, fillOrder } from './order.js';
import { startOrderForm } from './order-form.js';
import { startOutbox } from './outbox.js';
import { startPage } from './page.js';
import { readLanguage, readTheme, saveLanguage } from './preferences.js';
import { askAgain, startQuoting } from './quote.js';
import { startQuoteView } from './quote-view.js';
import { startReferenceList } from './reference-list.js';
import { addStored } from './references.js';
import { createStore } from './store.js';
import { texts, useLanguage } from './texts.js';
import { createViewer } from './viewer.js';
import { endPauses } from './waiting.js';

const store = createStore({
  language: readLanguage(),
  theme: readTheme(),
  settings: null,
  settingsProblem: null,
  usage: null,
  isLost: false,
  order: emptyOrder,
  promptMissing: false,
  dropped: [],
  references: [],
  referenceProblems: [],
  quote: { state: 'waiting' },
  quoteRound: 0,
  outbox: [],
  orderProblem: null,
  images: [],
  gallery: { state: 'loading', problem: null, more: false, oldest: undefined },
});

const viewer = createViewer();

const events = createEvents({
  image: (image, language) => mergeImages(store, [image], language),
  usage: usage => store.update({ usage }),
  lost: () => store.update({ isLost: true }),
  recovered() {
    store.update({ isLost: false });
    endPauses();
    askAgain(store);
    loadEverything();
  },
});

const cardActions = {
  open: viewer.open,
  again(image) {
    fillOrder(store, image, image.references);
    byId('prompt').focus();
  },
  retry: image => retryImage(store, image),
  useAsReference(file) {
    if (addStored(store, file)) {
      announce(byId('announcements'), texts().announceReference);
    }

    byId('references-field').scrollIntoView({ block: 'nearest' });
  },
};

function changeLanguage(language) {
  saveLanguage(language);
  useLanguage(language);

  // What was announced in the other language stays unread.
  byId('announcements').replaceChildren();
  store.update({ language });
  loadEverything();
  events.open(language);
}

function loadEverything() {
  loadSettings(store);
  loadUsage(store);
  loadImages(store);
}

useLanguage(store.get().language);
startPage(store, changeLanguage);
startOrderForm(store);
startReferenceList(store);
startDropAndPaste(store);
startQuoting(store);
startQuoteView(store);
startGallery(store, cardActions);
startAnnouncer(store, byId('announcements'));
startOutbox(store);
loadEverything();
events.open(store.get().language);

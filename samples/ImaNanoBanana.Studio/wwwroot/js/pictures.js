/** The finished images of a card, each with what can be done with it. */

import { element } from './dom.js';
import { shorten, texts } from './texts.js';

/** A single image has its actions in the row of the card, several have them below each image. */
export function pictures(image, ratio, actions) {
  const { files } = image;
  const figures = files.map((file, index) => element('figure', {},
    picture(image, file, index, ratio, actions),
    files.length > 1 && element('div', { class: 'actions' }, ...pictureActions(image, file, index, actions))));
  return element('div', { class: files.length > 1 ? 'pictures several' : 'pictures' }, ...figures);
}

export function pictureActions(image, file, index, actions) {
  const total = image.files.length;
  const describedBy = `image-${image.id}`;
  return [
    element('a', {
      class: 'button',
      href: `${file.url}?download`,
      download: true,
      'data-action': `download-${index}`,
      'aria-describedby': describedBy,
    }, texts().downloadOne(index + 1, total)),
    element('button', {
      type: 'button',
      class: 'button',
      'data-action': `reference-${index}`,
      'aria-describedby': describedBy,
      onclick: () => actions.useAsReference(file),
    }, texts().useAsReference(index + 1, total)),
  ];
}

function picture(image, file, index, ratio, actions) {
  const shown = element('img', {
    src: file.url,
    alt: image.prompt,
    width: file.width,
    height: file.height,
    loading: 'lazy',
    decoding: 'async',
    onerror: () => button.replaceWith(element('p', { class: 'frame missing' }, texts().imageMissing)),
  });
  const button = element('button', {
    type: 'button',
    class: 'frame open',
    'data-action': `open-${index}`,
    'aria-label': texts().openImage(shorten(image.prompt), index + 1, image.files.length),
    onclick: () => actions.open(image, index),
  }, shown);
  button.style.aspectRatio = String(ratio);
  return button;
}

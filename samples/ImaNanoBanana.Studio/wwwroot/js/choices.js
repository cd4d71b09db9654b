/** What can be ordered: depends on the settings, on the references and on the chosen model. Pure. */

/** The model, sizes, ratios and numbers that are offered. Without a model (Automatic): what any model offers. */
export function offered(settings, references, modelId) {
  const taskType = references.length > 0 ? 'imageToImage' : 'textToImage';
  const models = settings.models.filter(model => model.taskType === taskType);
  const possible = modelId ? models.filter(model => model.id === modelId) : models;
  return {
    models,
    sizes: [...new Set(possible.flatMap(model => model.sizes))],
    aspectRatios: [...new Set(possible.flatMap(model => model.aspectRatios))],
    maxImages: Math.max(1, ...possible.map(model => model.maxImages)),
  };
}

/** Returns the order with only what is offered, and what was dropped from it, so that the page can say so. */
export function settle(settings, references, order) {
  const dropped = [];
  const settled = { ...order };

  if (order.model && !offered(settings, references, '').models.some(model => model.id === order.model)) {
    const name = settings.models.find(model => model.id === order.model)?.name ?? order.model;
    dropped.push({ parameter: 'model', value: name });
    settled.model = '';
  }

  const offer = offered(settings, references, settled.model);
  const by = offer.models.find(model => model.id === settled.model)?.name;
  for (const [parameter, values] of [['size', offer.sizes], ['aspectRatio', offer.aspectRatios]]) {
    if (order[parameter] && !values.includes(order[parameter])) {
      dropped.push({ parameter, value: order[parameter], by });
      settled[parameter] = '';
    }
  }

  if (order.count > offer.maxImages) {
    dropped.push({ parameter: 'count', value: order.count, by, most: offer.maxImages });
    settled.count = offer.maxImages;
  }

  return { order: settled, dropped };
}

/** Width divided by height of a ratio such as "16:9"; null if there is none. */
export function ratioOf(text) {
  const [width, height] = (text ?? '').split(':').map(Number);
  return width > 0 && height > 0 ? width / height : null;
}

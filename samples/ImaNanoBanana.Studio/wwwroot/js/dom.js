/** Makes elements. Texts become text nodes, so a prompt can never become markup. */

export const byId = id => document.getElementById(id);

/** properties: attributes, and listeners under names such as onclick. Children that are null or false are left out. */
export function element(name, properties = {}, ...children) {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'function') {
      created.addEventListener(key.slice(2), value);
    } else if (value !== undefined && value !== null && value !== false) {
      created.setAttribute(key, value === true ? '' : value);
    }
  }

  created.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  return created;
}

/** Sets a text only if it is another one: live regions would say it again. */
export function setText(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

/**
 * Replaces what host holds. The focus goes to the new control with the same data-action; without one, to host. An empty host is not
 * shown and cannot have it, so it goes to the main part of the page.
 */
export function replaceContents(host, ...children) {
  const focused = host.contains(document.activeElement) && document.activeElement !== host ? document.activeElement : null;
  host.replaceChildren(...children.filter(Boolean));
  if (focused) {
    const action = focused.dataset.action;
    const successor = [...host.querySelectorAll('[data-action]')].find(control => control.dataset.action === action);
    (successor ?? (host.hasChildNodes() ? host : byId('main'))).focus({ preventScroll: true });
  }
}

/** Adds or removes an id in aria-describedby and leaves the others as they are. */
export function describe(target, id, applies) {
  const ids = new Set((target.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean));
  if (applies) {
    ids.add(id);
  } else {
    ids.delete(id);
  }

  if (ids.size > 0) {
    target.setAttribute('aria-describedby', [...ids].join(' '));
  } else {
    target.removeAttribute('aria-describedby');
  }
}

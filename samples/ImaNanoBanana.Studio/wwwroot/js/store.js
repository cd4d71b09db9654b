/**
 * Holds the state of the page. Data flows one way: visitor and server -> update -> rendering.
 * The state is never changed in place, so a comparison by identity shows what is new.
 */
export function createStore(initial) {
  let state = initial;
  let notifying = false;
  let changedMeanwhile = false;
  const listeners = [];

  function notify() {
    if (notifying) {
      changedMeanwhile = true;
      return;
    }

    notifying = true;
    try {
      do {
        changedMeanwhile = false;
        listeners.forEach(listener => listener(state));
      } while (changedMeanwhile);
    } finally {
      notifying = false;
    }
  }

  return {
    get: () => state,

    /** change: the new values, or a function that makes them from the present state. */
    update(change) {
      state = { ...state, ...(typeof change === 'function' ? change(state) : change) };
      notify();
    },

    subscribe(listener) {
      listeners.push(listener);
    },
  };
}

/** Calls render now and whenever the language or one of the selected values is another one. */
export function watch(store, select, render) {
  let shown = null;

  function check(state) {
    const values = [state.language, ...select(state)];
    if (shown === null || values.some((value, index) => !Object.is(value, shown[index]))) {
      shown = values;
      render(state);
    }
  }

  store.subscribe(check);
  check(store.get());
}

/** The header and the notices above the columns. */

import { byId, replaceContents, setText } from './dom.js';
import { loadSettings } from './loading.js';
import { saveTheme } from './preferences.js';
import { problemNodes } from './problem-view.js';
import { watch } from './store.js';
import { formatCredits, formatNumber, texts } from './texts.js';

/** onLanguage: called with the language that the visitor chooses. */
export function startPage(store, onLanguage) {
  const language = byId('language');
  const theme = byId('theme');

  language.addEventListener('change', () => onLanguage(language.value));
  theme.addEventListener('change', () => {
    saveTheme(theme.value);
    store.update({ theme: theme.value });
  });

  watch(store, state => [state.theme], state => {
    language.value = state.language;
    theme.value = state.theme;
    document.documentElement.dataset.theme = state.theme;
  });

  watch(store, state => [state.usage], ({ usage }) => {
    if (Number.isFinite(usage?.remaining) && Number.isFinite(usage?.limit)) {
      const { remaining, limit } = usage;
      setText(byId('usage'), texts().usage(formatNumber(remaining), formatNumber(limit), formatCredits(limit)));
    }
  });

  watch(store, state => [state.settings], ({ settings }) => {
    byId('simulator-note').hidden = !settings?.simulated;
  });

  watch(store, state => [state.isLost], ({ isLost }) => {
    setText(byId('connection-notice'), isLost ? texts().connectionLost : '');
  });

  watch(store, state => [state.settingsProblem], ({ settingsProblem }) => {
    const nodes = settingsProblem ? problemNodes(settingsProblem, { onRetry: () => loadSettings(store) }) : [];
    replaceContents(byId('settings-problem'), ...nodes);
  });
}

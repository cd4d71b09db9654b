// Runs before the first paint, unlike the modules: the page must not flash in the other theme.
try {
  document.documentElement.dataset.theme = localStorage.getItem('studio.theme') ?? 'system';
} catch {
  // Storage is blocked: the theme of the system applies.
}

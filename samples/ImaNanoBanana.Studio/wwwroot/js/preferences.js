/** The visitor's language and theme, remembered where the browser allows it. */

const languages = ['en', 'zh'];
const themes = ['system', 'light', 'dark'];

export function readLanguage() {
  const remembered = read('studio.language');
  if (languages.includes(remembered)) {
    return remembered;
  }

  const preferred = navigator.languages.map(tag => tag.slice(0, 2).toLowerCase());
  return preferred.find(tag => languages.includes(tag)) ?? 'en';
}

export function readTheme() {
  const remembered = read('studio.theme');
  return themes.includes(remembered) ? remembered : 'system';
}

export function saveLanguage(language) {
  write('studio.language', language);
}

export function saveTheme(theme) {
  write('studio.theme', theme);
}

function read(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Storage is blocked: the choice holds until the page is left.
  }
}

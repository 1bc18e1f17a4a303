// Light, dark or as the system has it. A choice made earlier is in force already: first.js sees to it before the first paint.
const key = 'openentropy.theme';
const names = ['system', 'light', 'dark'];
const listeners = new Set();

let theme = document.documentElement.dataset.theme ?? 'system'; // first.js has read it

function apply() {
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
}

function tell() {
  for (const listener of listeners) {
    listener();
  }
}

/** Calls back whenever colours may have changed. */
export function onTheme(listener) {
  listeners.add(listener);
}

/** Binds the button that goes from system to light to dark. */
export function startTheme() {
  const button = document.getElementById('theme');
  const name = document.getElementById('theme-name');
  name.textContent = theme;
  button.addEventListener('click', () => {
    theme = names[(names.indexOf(theme) + 1) % names.length];
    name.textContent = theme;
    try {
      localStorage.setItem(key, theme);
    } catch {
      // storage is switched off: the choice lasts as long as the page
    }

    apply();
    tell();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tell);
}

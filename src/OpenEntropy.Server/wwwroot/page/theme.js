// Light, dark or as the system has it. Loaded before the first paint, so that a choice made earlier never flashes by as the other theme.
const key = 'openentropy.theme';
const names = ['system', 'light', 'dark'];
const listeners = new Set();

function read() {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is switched off: the choice lasts as long as the page
  }
}

let theme = names.includes(read()) ? read() : 'system';

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
      // as above
    }

    apply();
    tell();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tell);
}

apply();

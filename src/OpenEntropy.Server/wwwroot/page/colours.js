// The page's colours for canvases, which cannot read the style sheet's variables by themselves.
import { onTheme } from './theme.js';

const cache = new Map();
const probe = document.createElement('i');
probe.hidden = true;
document.documentElement.append(probe);
onTheme(() => cache.clear());

/** The colour of a variable, without its dashes, in the theme in force. */
export function colour(name) {
  let value = cache.get(name);
  if (value === undefined) {
    probe.style.color = `var(--${name})`;
    value = getComputedStyle(probe).color;
    cache.set(name, value);
  }

  return value;
}

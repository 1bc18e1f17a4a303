// Bytes of the generator, drawn for this page alone and thrown away.
import { find } from './dom.js';
import { onEach } from './feed.js';

const rows = 8; // of 32 bytes
const kept = [];
let paused = false;
let asked = false;

const spaced = hex => hex.replace(/../g, '$& ').replace(/(.{47}) /, '$1\n').trimEnd();

function draw() {
  asked = false;
  find('output-hex').textContent = kept.map(spaced).join('\n');
}

/** Starts the panel. */
export function startOutput() {
  const button = find('output-pause');
  button.addEventListener('click', () => {
    paused = !paused;
    button.setAttribute('aria-pressed', String(paused));
    button.textContent = paused ? 'Go on' : 'Pause';
  });
  onEach('output', ({ hex }) => {
    kept.push(hex);
    kept.splice(0, kept.length - rows);
    if (!paused && !asked) {
      asked = true;
      requestAnimationFrame(draw);
    }
  });
}

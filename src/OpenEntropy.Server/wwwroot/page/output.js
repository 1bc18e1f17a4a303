// Bytes of the generator, drawn for this page alone and thrown away.
import { find } from './dom.js';
import { onEach } from './events.js';

const most = 128; // events kept, of 32 bytes each
const widths = [32, 24, 16, 12, 8]; // bytes in a row, the first that fits

const kept = [];
let paused = false;
let asked = false;
let room = { bytes: 16, rows: 16 };

function measure(node) {
  const style = getComputedStyle(node);
  const letter = document.createElement('span');
  letter.textContent = '0'.repeat(10);
  node.replaceChildren(letter);
  const width = letter.getBoundingClientRect().width / 10;
  const across = node.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const down = node.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
  room = {
    bytes: widths.find(bytes => (3 * bytes - 1) * width <= across) ?? widths.at(-1),
    rows: Math.max(4, Math.floor(down / parseFloat(style.lineHeight))),
  };
  draw();
}

function draw() {
  asked = false;
  const digits = kept.join('').slice(-2 * room.bytes * room.rows);
  const rows = digits.match(new RegExp(`.{1,${2 * room.bytes}}`, 'g')) ?? [];
  find('output-hex').textContent = rows.map(row => row.replace(/../g, '$& ').trimEnd()).join('\n');
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
    if (paused) {
      return;
    }

    kept.push(hex);
    kept.splice(0, kept.length - most);
    if (!asked) {
      asked = true;
      requestAnimationFrame(draw);
    }
  });
  new ResizeObserver(([entry]) => measure(entry.target)).observe(find('output-hex'));
}

// "Try it": a request put together, as a command line, and run.
import { find, make, write } from './dom.js';
import { send } from './http.js';
import { hasKey, onKey } from './key.js';
import { bytes, milliseconds } from './text.js';
import { routes } from './try-routes.js';

const longest = 16_384; // characters of an answer that are shown
const dumped = 1_024; // bytes of a binary one

const chosen = () => routes[Number(find('try-route').value)];

/** The address, relative to the page. */
function address() {
  const query = new URLSearchParams();
  for (const input of find('try-fields').querySelectorAll('[name]')) {
    if (input.value !== '') {
      query.append(input.name, input.value);
    }
  }

  const text = query.toString();
  return text === '' ? chosen().path : `${chosen().path}?${text}`;
}

// Commas read better as they are, and mean the same in a query.
const readable = path => path.replaceAll('%2C', ',');

function command() {
  const url = new URL(readable(address()), document.baseURI).href.replaceAll("'", '%27');
  const binary = find('try-fields').querySelector('[name="format"]')?.value === 'bytes';
  // The key itself is shown nowhere.
  return `curl '${url}'${hasKey() ? ' --header "x-api-key: $KEY"' : ''}${binary ? ' --output random.bin' : ''}`;
}

const describe = () => write(find('try-curl'), command());

function field([name, title, value, values]) {
  const input = values
    ? make('select', { name }, ...values.map(each => make('option', { value: each, selected: each === value }, each === '' ? 'default' : each)))
    : make('input', { name, value, autocomplete: 'off', spellcheck: false });
  return make('label', { class: 'field' }, title, ' ', input);
}

function offer() {
  find('try-fields').replaceChildren(...chosen().fields.map(field));
  describe();
}

function dump(buffer) {
  const data = new Uint8Array(buffer);
  const lines = [];
  for (let at = 0; at < Math.min(data.length, dumped); at += 16) {
    const row = [...data.subarray(at, at + 16)].map(value => value.toString(16).padStart(2, '0'));
    lines.push(`${at.toString(16).padStart(8, '0')}  ${row.join(' ')}`);
  }

  return data.length > dumped ? `${lines.join('\n')}\n… ${data.length - dumped} more bytes` : lines.join('\n');
}

function read(buffer, type) {
  if (type.startsWith('application/octet-stream')) {
    return dump(buffer);
  }

  const text = new TextDecoder().decode(buffer);
  return text.length > longest ? `${text.slice(0, longest)}\n… ${text.length - longest} more characters` : text;
}

async function run(event) {
  event.preventDefault();
  const button = find('try-run');
  button.disabled = true;
  write(find('try-outcome'), 'Running …');
  const begun = performance.now();
  try {
    const response = await send(address());
    const body = await response.arrayBuffer();
    const took = performance.now() - begun;
    write(find('try-outcome'), `${response.status} ${response.statusText} · ${milliseconds(took)} · ${bytes(body.byteLength)}`);
    find('try-answer').textContent = read(body, response.headers.get('Content-Type') ?? '');
  } catch {
    write(find('try-outcome'), 'The service does not answer. See whether it runs, and run this again.');
  } finally {
    button.disabled = false;
  }
}

// Only pages by https and of this machine have the clipboard's own interface.
async function copy() {
  try {
    await navigator.clipboard.writeText(command());
    write(find('try-outcome'), 'Copied.');
  } catch {
    getSelection().selectAllChildren(find('try-curl'));
    write(find('try-outcome'), 'Selected: copy it with the keyboard.');
  }
}

/** Starts the panel. */
export function startTry() {
  find('try-route').replaceChildren(...routes.map((route, index) => make('option', { value: String(index) }, route.title)));
  find('try-route').addEventListener('change', offer);
  find('try-fields').addEventListener('input', describe);
  find('try-copy').addEventListener('click', copy);
  find('try-form').addEventListener('submit', run);
  onKey(describe);
  offer();
}

// What is said to the person: changes of state for screen readers, outcomes of acts for a few seconds, and troubles that stay until they are over.
import { find, make, write, show } from './dom.js';

const times = { good: 6_000, bad: 30_000 }; // milliseconds
const most = 4;

/** Tells a screen reader, once. */
export function announce(text) {
  find('announce').textContent = text;
}

/** Says what came of an act. Kind: good or bad. */
export function notice(text, kind = 'good') {
  const list = find('notices');
  const close = make('button', { type: 'button', class: 'quiet', 'aria-label': 'Dismiss' }, '×');
  const item = make('div', { class: 'notice', 'data-kind': kind }, make('p', {}, text), close);
  const remove = () => item.remove();
  close.addEventListener('click', remove);
  list.append(item);
  while (list.children.length > most) {
    list.firstChild.remove();
  }

  setTimeout(remove, times[kind]);
}

let act = null;

/** Shows a trouble that stays, with one thing to do about it; null takes it away. */
export function banner(text, label = null, onAct = null) {
  const button = find('banner-act');
  if (act === null) {
    button.addEventListener('click', () => act?.());
  }

  act = onAct ?? (() => {});
  if (text !== null) {
    write(find('banner-text'), text);
    write(button, label ?? '');
    show(button, label !== null);
  }

  show(find('banner'), text !== null);
}

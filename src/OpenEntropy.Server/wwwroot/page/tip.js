// The one tooltip of the page: on hover and on focus, gone with Escape.
import { find } from './dom.js';

const delay = 120;
let timer = 0;
let owner = null;
let asked = null; // who is pointed at or has the focus

function place(target) {
  const tip = find('tip');
  const box = target.getBoundingClientRect();
  const gap = 8;
  const left = Math.max(gap, Math.min(box.left, innerWidth - tip.offsetWidth - gap));
  const below = box.bottom + gap;
  const top = below + tip.offsetHeight > innerHeight ? Math.max(gap, box.top - tip.offsetHeight - gap) : below;
  tip.style.left = `${left}px`;
  tip.style.top = `${top}px`;
}

function open(target, text) {
  const tip = find('tip');
  owner = target;
  tip.textContent = text;
  tip.hidden = false;
  target.setAttribute('aria-describedby', 'tip');
  place(target);
}

function close() {
  clearTimeout(timer);
  asked = null;
  find('tip').hidden = true;
  owner?.removeAttribute('aria-describedby');
  owner = null;
}

/** Gives an element a tooltip; text answers what it says now, or nothing. Call the answer where nothing has become something. */
export function tip(target, text) {
  const ask = () => {
    clearTimeout(timer);
    asked = target;
    timer = setTimeout(() => text() && open(target, text()), delay);
  };
  target.addEventListener('pointerenter', event => event.pointerType === 'mouse' && ask());
  target.addEventListener('pointerleave', close);
  target.addEventListener('focus', () => target.matches(':focus-visible') && ask());
  target.addEventListener('blur', close);
  return () => asked === target && owner !== target && ask();
}

/** Starts the keys and movements that close it. */
export function startTip() {
  addEventListener('keydown', event => event.key === 'Escape' && close());
  // Only what moves the element: the log scrolls by itself.
  addEventListener('scroll', event => owner && event.target.contains(owner) && close(), { capture: true, passive: true });
}

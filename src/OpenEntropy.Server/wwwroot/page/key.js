// The key that somebody gave: in this module's memory alone, sent to this service alone, and gone with the page.
const listeners = new Set();
let key = null;

/** Whether one was given. */
export const hasKey = () => key !== null;

/** The header that presents it; none where there is none. */
export const keyHeaders = () => (key === null ? {} : { 'x-api-key': key });

/** Calls back after each change. */
export function onKey(listener) {
  listeners.add(listener);
}

/** Takes a key; null forgets it. */
export function useKey(given) {
  if (key !== given) {
    key = given;
    listeners.forEach(listener => listener());
  }
}

/** Whether a header may have it: what none may have would look like a service that does not answer. */
export function fits(given) {
  try {
    return new Headers({ 'x-api-key': given }).has('x-api-key');
  } catch {
    return false;
  }
}

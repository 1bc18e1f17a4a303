// Requests to the service the page came from, with the key where one was given. URLs are relative, so that a proxy may put the service below a path.
import { keyHeaders } from './key.js';

/** What the service, or the network, said in place of an answer. */
export class Refusal extends Error {
  constructor(message, status, retryAfter, isOurs = false) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
    /** Whether the service itself said it, and not what stands before it. */
    this.isOurs = isOurs;
  }
}

async function explain(response) {
  let message = '';
  try {
    message = (await response.json()).message ?? '';
  } catch {
    // not the service's own body
  }

  const wait = Number(response.headers.get('Retry-After')) || null;
  const text = message || `the answer was ${response.status} ${response.statusText}`.trim();
  return new Refusal(wait ? `${text} (again in ${wait} s)` : text, response.status, wait, message !== '');
}

/** Sends a request, whatever the answer. */
export const send = (path, { headers = {}, ...options } = {}) =>
  fetch(path, { cache: 'no-store', credentials: 'same-origin', headers: { ...headers, ...keyHeaders() }, ...options });

/** Sends a request; throws a Refusal where the answer is none or not a good one. */
export async function ask(path, options = {}) {
  let response;
  try {
    response = await send(path, options);
  } catch {
    throw new Refusal('the service does not answer', 0, null);
  }

  if (!response.ok) {
    throw await explain(response);
  }

  return response;
}

/** The JSON of an answer. */
export const getJson = async path => (await ask(path)).json();

/** Posts, with JSON where a body is given. */
export const post = (path, body) => ask(path, { method: 'POST', body, headers: body === undefined ? {} : { 'Content-Type': 'application/json' } });

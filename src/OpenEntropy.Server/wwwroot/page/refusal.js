// Why the stream of events is refused, in words. An EventSource does not say with what it was.
const patience = 5_000; // milliseconds

async function statusOf(path, method) {
  try {
    return (await fetch(path, { method, cache: 'no-store', signal: AbortSignal.timeout(patience) })).status;
  } catch {
    return 0;
  }
}

/** What to say; null where no service answers, empty where there is nothing to say any more. A proxy without its service says 503 as a full service does. */
export async function whyRefused() {
  const status = await statusOf('events', 'HEAD');
  if (status === 503 && (await statusOf('health/live', 'GET')) === 200) {
    return 'The service runs, but has no place for this page now: as many watch as may. Trying again by itself.';
  }

  if (status === 200) {
    return ''; // it would be taken now
  }

  return status >= 400 && status < 500 ? `The stream of events was refused with ${status}. Trying again by itself.` : null;
}

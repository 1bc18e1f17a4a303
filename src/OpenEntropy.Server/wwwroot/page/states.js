// The states of a source.
/** What they are called. */
export const stateWords = {
  healthy: 'Healthy',
  starting: 'Starting',
  failed: 'Failed',
  permanently_failed: 'Failed for good',
  disabled: 'Off',
  unavailable: 'Unavailable',
};

/** Whether a source of this state is switched on. One that failed for good is not: it has to be switched on anew. */
export const isOn = state => ['healthy', 'starting', 'failed'].includes(state);

// Plain figures of a few bytes, for the eye.

/** How often each of the 256 values is there. */
export function histogram(samples) {
  const bins = new Array(256).fill(0);
  for (const sample of samples) {
    bins[sample]++;
  }

  return bins;
}

/** Shannon entropy of the frequencies, bits per sample. */
export const shannon = (bins, total) => bins.reduce((sum, bin) => (bin === 0 ? sum : sum - (bin / total) * Math.log2(bin / total)), 0);

/** Min-entropy of the most common value, bits per sample, without a margin. */
export const minimum = (bins, total) => -Math.log2(Math.max(...bins) / total);

/** Correlation of each sample with the next, -1 to 1; null where all are the same. */
export function correlation(samples) {
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  let product = 0;
  let square = 0;
  samples.forEach((sample, index) => {
    square += (sample - mean) ** 2;
    if (index > 0) {
      product += (sample - mean) * (samples[index - 1] - mean);
    }
  });
  return square === 0 ? null : product / square;
}

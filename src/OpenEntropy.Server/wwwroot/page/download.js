// Files that the page itself makes.

/** Saves text as a file of the person's. */
export function save(text, name) {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The file's name of a bundle: an id is hexadecimal, and nothing else gets into a name. */
export const bundleName = id => `openentropy-${String(id).replace(/[^0-9a-z]/gi, '').slice(0, 32)}.json`;

// Before the first paint: the theme that was chosen earlier, so that the other never flashes by. After it: everything else, which would only be in its way.
{
  const root = document.documentElement;
  const chosen = () => {
    try {
      return localStorage.getItem('openentropy.theme'); // theme.js keeps it
    } catch {
      return null; // storage is switched off
    }
  };
  const begin = () => import('./app.js').finally(() => root.classList.remove('first'));

  if (['light', 'dark'].includes(chosen())) {
    root.dataset.theme = chosen();
  }

  if (document.hidden || location.hash !== '') {
    begin(); // no frame comes, or it is of what stands further down
  } else {
    root.classList.add('first');
    requestAnimationFrame(() => setTimeout(begin));
  }
}

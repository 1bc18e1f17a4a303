// A small line of the latest values on a canvas.
import { colour } from './colours.js';

/** Sets a canvas to its size on the screen; answers its width and height in CSS pixels and its context, scaled to them, and cleared. */
export function prepare(canvas) {
  const ratio = devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }

  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

/** Draws values, the latest at the right; a null is a gap. The scale spans at least `span`, so that a flat line looks flat. */
export function spark(canvas, values, most, name, span) {
  const { context, width, height } = prepare(canvas);
  const known = values.filter(value => value !== null);
  if (known.length < 2 || width === 0) {
    return;
  }

  const low = Math.min(...known);
  const high = Math.max(...known);
  const range = Math.max(span, high - low);
  const floor = (low + high - range) / 2;
  const step = (width - 2) / (most - 1);
  context.strokeStyle = colour(name);
  context.lineWidth = 1.5;
  context.lineJoin = 'round';
  context.beginPath();
  let pen = false;
  values.forEach((value, index) => {
    if (value === null) {
      pen = false;
      return;
    }

    const x = width - 1 - (values.length - 1 - index) * step;
    const y = height - 2 - ((value - floor) / range) * (height - 4);
    context[pen ? 'lineTo' : 'moveTo'](x, y);
    pen = true;
  });
  context.stroke();
}

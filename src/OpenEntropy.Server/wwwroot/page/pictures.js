// The two pictures of raw samples.
import { colour } from './colours.js';
import { prepare } from './spark.js';

const values = 256;
const ticks = [0, 64, 128, 192, 255];

function frame(canvas) {
  const { context, width, height } = prepare(canvas);
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const area = { left: 2.4 * rem, top: 0.5 * rem, right: width - 0.9 * rem, bottom: height - 1.5 * rem };
  context.font = `${0.75 * rem}px system-ui, sans-serif`;
  context.fillStyle = colour('muted');
  context.strokeStyle = colour('line');
  context.lineWidth = 1;
  return { context, area, rem, x: value => area.left + ((area.right - area.left) * value) / values };
}

function xAxis({ context, area, rem, x }) {
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const tick of ticks) {
    context.fillText(String(tick), x(tick), area.bottom + 0.35 * rem);
  }
}

function yAxis({ context, area, rem }, marks, y) {
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const mark of marks) {
    const line = Math.round(y(mark)) + 0.5;
    context.beginPath();
    context.moveTo(area.left, line);
    context.lineTo(area.right, line);
    context.stroke();
    context.fillText(String(mark), area.left - 0.4 * rem, line);
  }
}

/** An empty picture that says so. */
export function drawNothing(canvas) {
  const drawing = frame(canvas);
  const { context, area } = drawing;
  xAxis(drawing);
  context.strokeRect(area.left, area.top, area.right - area.left, area.bottom - area.top);
  context.textBaseline = 'middle';
  context.fillText('no samples', (area.left + area.right) / 2, (area.top + area.bottom) / 2);
}

/** Bars, one for each value. */
export function drawHistogram(canvas, bins) {
  const drawing = frame(canvas);
  const { context, area, x } = drawing;
  const top = Math.max(4, ...bins);
  const y = count => area.bottom - ((area.bottom - area.top) * count) / top;
  yAxis(drawing, [0, Math.round(top / 2), top], y);
  xAxis(drawing);
  context.fillStyle = colour('raw');
  const width = Math.max(1, (area.right - area.left) / values - 0.3);
  bins.forEach((count, value) => context.fillRect(x(value), y(count), width, area.bottom - y(count)));
}

/** Dots, each a sample (across) and the one after it (up). */
export function drawLag(canvas, samples) {
  const drawing = frame(canvas);
  const { context, area, rem, x } = drawing;
  const y = value => area.bottom - ((area.bottom - area.top) * value) / values;
  yAxis(drawing, ticks, y);
  xAxis(drawing);
  context.fillStyle = colour('conditioned');
  context.globalAlpha = 0.65;
  const size = Math.max(2, 0.16 * rem);
  for (let index = 1; index < samples.length; index++) {
    context.fillRect(x(samples[index - 1]) - size / 2, y(samples[index]) - size / 2, size, size);
  }

  context.globalAlpha = 1;
}

// The chart of the graph: uPlot, in the page's colours and sizes.
import uPlot from './vendor/uPlot.esm.js';
import { colour } from './colours.js';

const most = 8.2; // bits per byte; nothing reaches more than 8, and a line there stays whole
const two = value => String(value).padStart(2, '0');

function label(seconds, withSeconds) {
  const date = new Date(seconds * 1000);
  const text = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return withSeconds ? `${text}:${two(date.getSeconds())}` : text;
}

const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
const size = node => ({ width: node.clientWidth, height: node.clientHeight });

function axis(extra) {
  return {
    stroke: () => colour('muted'),
    grid: { stroke: () => colour('line'), width: 1 },
    ticks: { show: false },
    font: `${Math.round(0.78 * rem())}px system-ui, sans-serif`,
    ...extra,
  };
}

function line(name) {
  return { stroke: () => colour(name), width: 2, points: { show: false }, spanGaps: false };
}

/** Makes the chart. Span answers the least and greatest time; onCursor gets the index under the pointer, or null. */
export function makePlot(node, span, onCursor) {
  const plot = new uPlot(
    {
      ...size(node),
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false } },
      padding: [Math.round(0.6 * rem()), Math.round(1.7 * rem()), 0, 0],
      scales: { x: { time: true, range: () => span() }, y: { range: () => [0, most] } },
      series: [{}, line('raw'), line('conditioned')],
      axes: [
        axis({ size: Math.round(2 * rem()), space: 5 * rem(), values: (_, ticks, __, ___, step) => ticks.map(tick => label(tick, step < 60)) }),
        axis({ size: Math.round(2.2 * rem()), splits: () => [0, 2, 4, 6, 8] }),
      ],
      hooks: { setCursor: [self => onCursor(self.cursor.idx ?? null)] },
    },
    [[], [], []],
    node,
  );
  new ResizeObserver(() => node.clientWidth > 0 && plot.setSize(size(node))).observe(node);
  return plot;
}

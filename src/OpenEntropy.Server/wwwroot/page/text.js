// Numbers as people read them, each with its unit. What is not known is a dash.
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const dash = '–';
const year = 365.25 * 86400; // seconds

const known = value => typeof value === 'number' && Number.isFinite(value);

/** A number with up to three significant digits before it becomes whole. */
function short(value) {
  const size = Math.abs(value);
  return size >= 100 || Number.isInteger(value) ? whole.format(value) : size >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** A whole number. */
export const count = value => (known(value) ? whole.format(value) : dash);

/** A number with a fixed number of decimals. */
export const decimal = (value, digits = 2) => (known(value) ? value.toFixed(digits) : dash);

/** A share, 0 to 1, as per cent. */
export const percent = value =>
  !known(value) ? dash : value > 0 && value < 0.001 ? '< 0.1 %' : `${(100 * value).toFixed(value === 1 || value === 0 ? 0 : 1)} %`;

function scaled(value, unit, prefixes) {
  if (!known(value)) {
    return dash;
  }

  let index = 0;
  let rest = value;
  while (Math.abs(rest) >= 999.5 && index < prefixes.length - 1) {
    rest /= 1000;
    index++;
  }

  return `${short(rest)} ${prefixes[index]}${unit}`;
}

/** Bytes, in powers of 1,000. */
export const bytes = value => scaled(value, 'B', ['', 'k', 'M', 'G', 'T', 'P']);

/** Bits, in powers of 1,000. */
export const bits = value => scaled(value, 'bit', ['', 'k', 'M', 'G', 'T']);

/** Something per second. */
export const rate = value => (known(value) ? short(value) : dash);

/** A time that something takes, from milliseconds. */
export const milliseconds = value => (!known(value) ? dash : value >= 1000 ? `${short(value / 1000)} s` : `${short(value)} ms`);

/** A time that has passed, from seconds. */
export function duration(seconds) {
  if (!known(seconds)) {
    return dash;
  }

  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }

  if (seconds > 2 * year) {
    return `${short(seconds / year)} years`;
  }

  const parts = [
    [Math.floor(seconds / 86400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [Math.floor(seconds) % 60, 's'],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  return parts
    .slice(first, first + 2)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(' ');
}

const two = value => String(value).padStart(2, '0');

/** A moment's time of day, local. */
export function clock(moment) {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? dash : `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** A moment with its date, local. */
export function moment(value) {
  const date = new Date(value);
  return value === null || Number.isNaN(date.getTime())
    ? dash
    : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock(value)}`;
}

/** A name of the service's as words: cross_domain, cross domain. */
export const words = name => String(name).replaceAll('_', ' ');

/** A clause of the service's as a sentence of its own. */
export const sentence = text => (text ? `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}` : '');

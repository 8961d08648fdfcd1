// Sizes, numbers and times as people read them.

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

export function bytes(count) {
  let value = Number(count), unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) { value /= 1000; unit++; }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

export function count(number, one, many = `${one}s`) {
  return `${Number(number).toLocaleString()} ${number === 1 ? one : many}`;
}

export function percent(part, whole) {
  return whole > 0 ? `${Math.round(100 * part / whole)} %` : '0 %';
}

const STEPS = [[60, 'second', 1], [3600, 'minute', 60], [86400, 'hour', 3600], [86400 * 7, 'day', 86400],
  [86400 * 30, 'week', 86400 * 7], [86400 * 365, 'month', 86400 * 30.44], [Infinity, 'year', 86400 * 365.25]];
const words = new Intl.RelativeTimeFormat(undefined, {numeric: 'auto'});

export function ago(time, now = Date.now()) {
  const seconds = (new Date(time) - now) / 1000;
  if (Math.abs(seconds) < 10) return 'just now';
  const [, unit, length] = STEPS.find(([limit]) => Math.abs(seconds) < limit);
  return words.format(Math.round(seconds / length), unit);
}

export function exact(time) {
  return new Date(time).toLocaleString(undefined, {dateStyle: 'medium', timeStyle: 'medium'});
}

/** A moment in words, the exact one on hover; kept fresh as long as the page shows it. */
export function moment(time) {
  const element = document.createElement('time');
  element.dateTime = time;
  element.title = exact(time);
  element.textContent = ago(time);
  return element;
}

setInterval(() => {
  for (const element of document.querySelectorAll('time')) element.textContent = ago(element.dateTime);
}, 10000);

/** A name that shows its marks and line ends instead of obeying them. */
export function visible(name) {
  return name.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\u2423').replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\u2423');
}

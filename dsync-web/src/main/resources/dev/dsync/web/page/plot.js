// A plot of one or two series over time, as a picture with words for those who cannot see it.

import {h, svg} from '/page/dom.js';
import {bytes, exact} from '/page/format.js';

const WIDE = 720, HIGH = 240, LEFT = 64, BELOW = 28, ABOVE = 12, RIGHT = 12;

/** series: [{name, key, kind}], points: [{time, …}], oldest first. */
export function plot(label, points, series) {
  const times = points.map(point => Date.parse(point.time));
  const from = times[0], to = Math.max(times.at(-1), from + 1000);
  const most = Math.max(1, ...points.flatMap(point => series.map(({key}) => point[key])));
  const top = nice(most);
  const x = time => LEFT + (WIDE - LEFT - RIGHT) * (time - from) / (to - from);
  const y = value => HIGH - BELOW - (HIGH - BELOW - ABOVE) * value / top;
  const picture = svg('svg', {viewBox: `0 0 ${WIDE} ${HIGH}`, class: 'plot', role: 'img', 'aria-label': words(label, points, series)});
  for (let step = 0; step <= 4; step++) {
    const value = top * step / 4;
    picture.append(svg('line', {x1: LEFT, x2: WIDE - RIGHT, y1: y(value), y2: y(value), class: 'plot-grid'}),
      text(LEFT - 8, y(value) + 4, bytes(value), 'end'));
  }
  const spread = to - from;
  const day = time => new Date(time).toLocaleString(undefined, spread > 172800000 ? {month: 'short', day: 'numeric'} : {hour: '2-digit', minute: '2-digit', second: spread < 600000 ? '2-digit' : undefined});
  picture.append(text(LEFT, HIGH - 8, day(from), 'start'), text(WIDE - RIGHT, HIGH - 8, day(to), 'end'));
  for (const {key, kind} of series) {
    // Steps, because the vault holds what it held until the next commit.
    let path = `M${x(times[0])},${y(points[0][key])}`;
    points.forEach((point, index) => { if (index) path += `H${x(times[index]).toFixed(1)}V${y(point[key]).toFixed(1)}`; });
    path += `H${x(to)}`;
    picture.append(svg('path', {d: `${path}V${y(0)}H${x(from)}Z`, class: `plot-area ${kind}`}), svg('path', {d: path, class: `plot-line ${kind}`}));
  }
  return h('figure', {class: 'plot-frame'}, picture, h('figcaption', {class: 'legend'}, series.map(({name, kind, key}) => h('span', {class: `key ${kind}`}, `${name}: ${bytes(points.at(-1)[key])}`))));
}

function text(x, y, words, anchor) {
  return svg('text', {x, y, class: 'plot-words', 'text-anchor': anchor}, words);
}

function nice(value) {
  const size = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 4, 5, 8, 10].map(step => step * size).find(step => step >= value);
}

function words(label, points, series) {
  const last = points.at(-1);
  return `${label}, from ${exact(points[0].time)} to ${exact(last.time)}. ${series.map(({name, key}) => `${name} now ${bytes(last[key])}, at first ${bytes(points[0][key])}`).join('. ')}.`;
}

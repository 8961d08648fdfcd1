// Builds elements. Text is always text: nothing here, or anywhere in the page, takes HTML.

const SVG = 'http://www.w3.org/2000/svg';

const ICONS = {
  folder: 'M3 6.5A1.5 1.5 0 0 1 4.5 5h4l2 2.5h9A1.5 1.5 0 0 1 21 9v8.5a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5z',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  image: 'M4 5h16v14H4zM4 16l4.5-5 4 4 2.5-2.5L20 17M15.5 9.5h.01',
  video: 'M4 6h11v12H4zM15 10.5l5-3v9l-5-3',
  audio: 'M9 17.5V6l9-2v11.5M9 17.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM18 15.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z',
  pdf: 'M6 3h8l4 4v14H6zM14 3v4h4M9 13h6M9 16.5h4',
  text: 'M6 3h8l4 4v14H6zM14 3v4h4M9 11h6M9 14h6M9 17h3',
  link: 'M10 14a4 4 0 0 1 0-5.6l2-2a4 4 0 0 1 5.6 5.6l-1 1M14 10a4 4 0 0 1 0 5.6l-2 2a4 4 0 0 1-5.6-5.6l1-1',
  upload: 'M12 16V5M7.5 9 12 4.5 16.5 9M4.5 16v3h15v-3',
  download: 'M12 4.5V15M7.5 11.5 12 16l4.5-4.5M4.5 17v2.5h15V17',
  trash: 'M5 7h14M10 4h4M7 7l1 13h8l1-13M10 11v5M14 11v5',
  history: 'M4 12a8 8 0 1 0 2.5-5.8M4 4v4h4M12 8v4.5l3 2',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20',
  sync: 'M20 11a8 8 0 0 0-14.5-3.5L4 9M4 4.5V9h4.5M4 13a8 8 0 0 0 14.5 3.5L20 15M20 19.5V15h-4.5',
  chart: 'M4 20h16M6 16v-4M11 16V7M16 16v-6',
  list: 'M8 7h12M8 12h12M8 17h12M4 7h.01M4 12h.01M4 17h.01',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M5 12.5 10 17.5 19.5 7',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  forward: 'M9.5 5.5 16 12l-6.5 6.5',
  undo: 'M8 5 4 9l4 4M4 9h9a6 6 0 0 1 0 12h-3',
  warning: 'M12 4 2.5 20h19zM12 10v4.5M12 17.5h.01',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  pause: 'M9 6v12M15 6v12',
  play: 'M8 5.5v13l10-6.5z',
  target: 'M4 6h16v5H4zM4 13h16v5H4zM7.5 8.5h.01M7.5 15.5h.01',
  shield: 'M12 3.5 5 6v5.5c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6z',
  plus: 'M12 5v14M5 12h14',
};

/** An element: h('button', {class: 'x', onclick: f, aria: {label: '…'}}, children…). */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'aria') for (const [key, word] of Object.entries(value)) element.setAttribute(`aria-${key}`, word);
    else if (name === 'data') Object.assign(element.dataset, value);
    else if (name in element && name !== 'list' && name !== 'form') element[name === 'class' ? 'className' : name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  if (properties.class) element.className = properties.class;
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function icon(name) {
  return svg('svg', {viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true'}, svg('path', {d: ICONS[name] ?? ICONS.file}));
}

/** A button with a picture and, unless it is only for those who cannot see the picture, its words. */
export function button(words, picture, onclick, {quiet = false, kind = '', ...more} = {}) {
  return h('button', {type: 'button', class: `button ${kind} ${quiet ? 'quiet' : ''}`, onclick,
    ...(quiet ? {aria: {label: words}, title: words} : {}), ...more},
  picture ? icon(picture) : null, quiet ? null : h('span', {}, words));
}

/** Puts children in place of what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter(Boolean));
  return element;
}

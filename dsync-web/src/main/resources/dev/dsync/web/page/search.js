// What a search found, below its field: arrow keys choose, Enter opens, Escape leaves.

import {h, fill} from '/page/dom.js';
import {bytes, count, visible} from '/page/format.js';
import {face} from '/page/files.js';

/** Takes away what was found before. */
export function forget(box, field) {
  box.querySelector('.results')?.remove();
  field.removeAttribute('aria-controls');
  field.removeAttribute('aria-activedescendant');
}

export function results(app, box, field, found) {
  forget(box, field);
  const entries = found.found ?? [];
  let chosen = 0;
  const options = entries.slice(0, 50).map((entry, index) => h('li', {role: 'option', id: `found-${index}`, aria: {selected: String(index === 0)}, onclick: () => open(index)},
    face(entry), h('span', {class: 'found-words'}, h('bdi', {class: 'found-name'}, visible(entry.name)),
      h('bdi', {class: 'found-path'}, visible(entry.path.split('/').slice(0, -1).join('/')) || 'All files')), h('span', {class: 'size'}, entry.kind === 'file' ? bytes(entry.size) : '')));
  const list = h('ul', {class: 'found', role: 'listbox', id: 'found', aria: {label: 'Found'}}, options);
  const words = found.failure ? found.failure.message : entries.length ? (found.total > 50 ? `The best 50 of ${found.total.toLocaleString()}` : count(found.total, 'result')) : 'Nothing has these words in its name or path';
  const panel = h('div', {class: 'results'}, options.length ? list : null, h('p', {class: 'found-foot', role: 'status'}, words));
  box.append(panel);
  if (options.length) field.setAttribute('aria-controls', 'found');
  point();

  /** Tells screen readers which one Enter opens. */
  function point() {
    if (options.length) field.setAttribute('aria-activedescendant', `found-${chosen}`);
    else field.removeAttribute('aria-activedescendant');
  }

  function choose(index) {
    options[chosen]?.setAttribute('aria-selected', 'false');
    chosen = (index + options.length) % options.length;
    options[chosen]?.setAttribute('aria-selected', 'true');
    options[chosen]?.scrollIntoView({block: 'nearest'});
    point();
  }

  async function open(index) {
    const entry = entries[index];
    if (!entry) return;
    leave();
    field.value = '';
    field.blur();
    if (entry.kind === 'folder') app.go('files', {path: entry.path});
    else {
      await app.go('files', {path: entry.path.split('/').slice(0, -1).join('/')});
      if (entry.kind === 'file') app.feature('preview').then(({preview}) => preview(app, entry, {all: [entry]}));
    }
  }

  function leave() {
    forget(box, field);
    field.removeEventListener('keydown', key);
    document.removeEventListener('click', outside);
  }

  function key(event) {
    if (!panel.isConnected) { field.removeEventListener('keydown', key); return; }
    if (event.key === 'ArrowDown' && options.length) choose(chosen + 1);
    else if (event.key === 'ArrowUp' && options.length) choose(chosen - 1);
    else if (event.key === 'Enter') open(chosen);
    else if (event.key === 'Escape') { leave(); field.value = ''; }
    else return;
    event.preventDefault();
  }

  function outside(event) { if (!box.contains(event.target)) leave(); }

  field.addEventListener('keydown', key);
  document.addEventListener('click', outside);
  fill(panel, ...panel.childNodes);
}

// A list of any length of which only the rows in sight exist. A grid for screen readers; arrow keys, Home, End, PageUp,
// PageDown move, Shift extends, Space selects, Enter opens, typing finds.

import {h} from '/page/dom.js';

const ROW = 52;
const SPARE = 8;

export class WindowedList {
  /** options: label, columns, row(entry) -> cells, open(entry), changed(selection), key(event, entries). */
  constructor(options) {
    this.options = options;
    this.entries = [];
    this.selected = new Set();
    this.active = 0;
    this.anchor = 0;
    this.typed = '';
    this.made = new Map();
    this.space = h('div', {class: 'rows', role: 'rowgroup'});
    this.element = h('div', {class: 'grid', role: 'grid', tabIndex: 0,
      aria: {label: options.label, multiselectable: 'true', colcount: String(options.columns)},
      onscroll: () => this.draw(), onkeydown: event => this.key(event)},
    this.space);
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  /** Shows other entries; what is selected and still there stays so. */
  show(entries) {
    const activePath = this.entries[this.active]?.path;
    this.entries = entries;
    const paths = new Set(entries.map(entry => entry.path));
    for (const path of this.selected) if (!paths.has(path)) this.selected.delete(path);
    this.active = Math.max(0, entries.findIndex(entry => entry.path === activePath));
    this.element.setAttribute('aria-rowcount', entries.length);
    this.space.style.height = `${entries.length * ROW}px`;
    this.draw(true);
    this.options.changed(this.selection());
  }

  selection() { return this.entries.filter(entry => this.selected.has(entry.path)); }

  clear() { this.selected.clear(); this.told(); }

  told() { this.mark(); this.options.changed(this.selection()); }

  /** Makes the rows in sight, and keeps those that are there already: a row must not vanish under a click. */
  draw(anew = false) {
    const first = Math.max(0, Math.floor(this.element.scrollTop / ROW) - SPARE);
    const last = Math.min(this.entries.length, Math.ceil((this.element.scrollTop + this.element.clientHeight) / ROW) + SPARE);
    if (!anew && first === this.first && last === this.last) return;
    this.first = first;
    this.last = last;
    const made = new Map();
    for (let index = first; index < last; index++) {
      const entry = this.entries[index];
      const key = JSON.stringify(entry);
      const row = this.made.get(key) ?? this.row(entry);
      row.index = index;
      row.id = `row-${index}`;
      row.setAttribute('aria-rowindex', index + 1);
      row.style.transform = `translateY(${index * ROW}px)`;
      made.set(key, row);
    }
    this.made = made;
    const rows = [...made.values()];
    if (rows.length !== this.space.children.length || rows.some((row, index) => this.space.children[index] !== row)) this.space.replaceChildren(...rows);
    this.mark();
  }

  /** Shows which rows are selected and which one keys act on. */
  mark() {
    for (const row of this.made.values()) {
      const selected = this.selected.has(row.dataset.path);
      row.classList.toggle('selected', selected);
      row.classList.toggle('active', row.index === this.active);
      row.setAttribute('aria-selected', selected);
    }
    if (this.made.size && this.active >= this.first && this.active < this.last) this.element.setAttribute('aria-activedescendant', `row-${this.active}`);
    else this.element.removeAttribute('aria-activedescendant');
  }

  row(entry) {
    const row = h('div', {class: 'line', role: 'row', data: {path: entry.path}, onclick: event => this.click(event, row.index), ondblclick: event => { if (!event.target.closest('.tick, .name')) this.options.open(entry); }},
      this.options.row(entry).map(cell => { cell.setAttribute('role', 'gridcell'); return cell; }));
    return row;
  }

  click(event, index) {
    if (event.target.closest('button, a')) return;
    const tick = event.target.closest('.tick');
    if (event.shiftKey) this.extend(index);
    else if (tick || event.ctrlKey || event.metaKey) this.toggle(index);
    else if (event.target.closest('.name') || event.pointerType === 'touch') { this.active = index; this.options.open(this.entries[index]); return; }
    else { this.selected.clear(); this.toggle(index); }
  }

  toggle(index) {
    const path = this.entries[index].path;
    if (!this.selected.delete(path)) this.selected.add(path);
    this.active = this.anchor = index;
    this.told();
  }

  extend(index) {
    const [from, to] = [Math.min(this.anchor, index), Math.max(this.anchor, index)];
    this.selected = new Set(this.entries.slice(from, to + 1).map(entry => entry.path));
    this.active = index;
    this.told();
  }

  selectAll() {
    this.selected = new Set(this.entries.map(entry => entry.path));
    this.told();
  }

  move(index, extend) {
    if (!this.entries.length) return;
    const to = Math.max(0, Math.min(this.entries.length - 1, index));
    if (extend) this.extend(to);
    this.active = to;
    if (!extend) this.anchor = to;
    const top = to * ROW, view = this.element;
    if (top < view.scrollTop) view.scrollTop = top;
    else if (top + ROW > view.scrollTop + view.clientHeight) view.scrollTop = top + ROW - view.clientHeight;
    this.draw();
    this.mark();
  }

  key(event) {
    if (event.target !== this.element) return;
    const page = Math.max(1, Math.floor(this.element.clientHeight / ROW) - 1);
    const steps = {ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity};
    const entry = this.entries[this.active];
    if (event.key in steps) this.move(this.active + steps[event.key], event.shiftKey);
    else if (event.key === ' ' && entry) this.toggle(this.active);
    else if (event.key === 'Enter' && entry) this.options.open(entry);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) this.selectAll();
    else if (event.key === 'Escape' && this.selected.size) this.clear();
    else if (entry && this.options.key?.(event, this.selected.size ? this.selection() : [entry])) { /* done there */ }
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) this.find(event.key);
    else return;
    event.preventDefault();
  }

  find(letter) {
    clearTimeout(this.forget);
    this.forget = setTimeout(() => { this.typed = ''; }, 800);
    this.typed += letter.toLowerCase();
    const found = this.entries.findIndex(entry => entry.name.toLowerCase().startsWith(this.typed));
    if (found >= 0) this.move(found, false);
  }
}

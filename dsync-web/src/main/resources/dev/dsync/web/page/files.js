// Browsing: a folder, now or as it was.

import {h, icon, button, fill} from '/page/dom.js';
import {bytes, count, moment, exact, visible} from '/page/format.js';
import {get, remove, address, download} from '/page/api.js';
import {on, settled} from '/page/events.js';
import {attempt, blank, confirm, loading, note} from '/page/dialogs.js';
import {WindowedList} from '/page/list.js';
import {choose, dropInto} from '/page/upload.js';

const SORTS = {
  name: (a, b) => a.name.localeCompare(b.name, undefined, {numeric: true, sensitivity: 'base'}),
  modified: (a, b) => a.modified < b.modified ? -1 : a.modified > b.modified ? 1 : 0,
  size: (a, b) => a.size - b.size,
};

const sort = {by: 'name', down: false};

export function pictureOf(entry) {
  if (entry.kind === 'folder') return 'folder';
  if (entry.kind === 'symlink') return 'link';
  return entry.preview === 'none' ? 'file' : entry.preview;
}

/** What stands at the start of a row: a thumbnail for pictures, else a picture of the kind. */
export function face(entry, at) {
  const holder = h('span', {class: `face ${pictureOf(entry)}`}, icon(pictureOf(entry)));
  if (entry.preview === 'image' && !entry.deleted && /\.(png|jpe?g|gif|bmp)$/i.test(entry.name)) {
    const image = h('img', {alt: '', width: 36, height: 36, src: address('/api/thumbnail', {path: entry.path, at})});
    image.addEventListener('load', () => holder.replaceChildren(image));
  }
  return holder;
}

/** Names of a path that are shown at its end; those before give way to three dots. */
const CRUMBS_SHOWN = 2;

/** The way to a folder: each folder on it is a link. */
function trail(app, path, at) {
  const names = path.split('/').filter(Boolean);
  const links = names.map((name, index) => h('li', {}, h('a', {href: app.link('files', {path: names.slice(0, index + 1).join('/'), at}),
    ...(index === names.length - 1 ? {aria: {current: 'page'}} : {})}, h('bdi', {}, visible(name)))));
  const hidden = links.slice(0, -CRUMBS_SHOWN);
  const dots = h('li', {}, button('Show the whole path', 'more', () => { dots.replaceWith(...hidden); hidden[0].firstChild.focus(); }, {quiet: true}));
  return h('ol', {}, h('li', {}, h('a', {href: app.link('files', {at}), ...(path ? {} : {aria: {current: 'page'}})}, 'All files')),
    hidden.length > 1 ? [dots, ...links.slice(-CRUMBS_SHOWN)] : links);
}

export function filesView(app, {path = '', at = ''}) {
  let shown = {folders: [], files: []};
  let wantsFocus = false;
  let toolsFor = null;
  let headFor = null;
  const crumbs = h('nav', {class: 'crumbs', aria: {label: 'Folders on the way'}});
  const tools = h('div', {class: 'tools', role: 'toolbar', aria: {label: 'Actions'}});
  const past = h('div', {class: 'past', hidden: !at});
  const body = h('div', {class: 'list-body'}, loading());
  const status = h('p', {class: 'list-foot', role: 'status'});
  const list = new WindowedList({
    label: path ? `Files in ${visible(path)}` : 'Files',
    columns: 4,
    row: entry => row(entry),
    open,
    changed: toolbar,
    key(event, entries) {
      if (event.key === 'Delete' && !at) trash(entries);
      else if (event.key === 'Backspace' && path) app.go('files', {path: path.split('/').slice(0, -1).join('/'), at});
      else return false;
      return true;
    },
  });

  function row(entry) {
    return [
      h('span', {class: 'tick', aria: {label: 'Selected'}}, icon('check')),
      h('span', {class: 'name'}, face(entry, at), h('bdi', {class: 'name-text', title: visible(entry.name)}, visible(entry.name)),
        entry.versions > 1 && entry.kind === 'file' ? h('span', {class: 'badge', title: `${entry.versions} versions`}, String(entry.versions)) : null),
      h('span', {class: 'when'}, moment(entry.modified)),
      h('span', {class: 'size'}, entry.kind === 'file' ? bytes(entry.size) : ''),
    ];
  }

  function entries() {
    const direction = sort.down ? -1 : 1;
    const by = (a, b) => direction * (SORTS[sort.by](a, b) || SORTS.name(a, b));
    return [...shown.folders.toSorted(by), ...shown.files.toSorted(by)];
  }

  function open(entry) {
    if (entry.kind === 'folder') app.go('files', {path: entry.path, at});
    else if (entry.kind === 'file') {
      const all = entries().filter(each => each.kind === 'file');
      app.feature('preview').then(({preview}) => preview(app, entry, {all, at}));
    }
  }

  async function trash(chosen) {
    const words = chosen.length === 1 ? `“${visible(chosen[0].name)}”` : count(chosen.length, 'item');
    if (!await confirm(`Delete ${words}?`, `${chosen.length === 1 ? 'It goes' : 'They go'} to the trash. Every version stays in the vault and can come back.`, 'Delete', {danger: true})) return;
    await attempt(async () => {
      await remove('/api/files', {paths: chosen.map(entry => entry.path)});
      list.clear();
      note(`Deleted ${words}.`, {action: {words: 'Undo', run: () => attempt(() => app.undelete(chosen.map(entry => entry.path)))}});
      await load();
    });
    list.element.focus();
  }

  /** Controls are made anew only for another kind of selection: one must not vanish under a click, nor lose the focus. */
  function toolbar(selection) {
    const one = selection.length === 1 && selection[0].kind === 'file';
    const kind = `${selection.length} ${one}`;
    if (kind === toolsFor) return;
    toolsFor = kind;
    if (selection.length) {
      fill(tools, h('span', {class: 'chosen'}, `${selection.length} selected`),
        button('Download', 'download', () => download(list.selection(), at)),
        one ? button('Versions', 'history', () => app.feature('versions').then(({versions}) => versions(app, list.selection()[0]))) : null,
        at ? null : button('Delete', 'trash', () => trash(list.selection())),
        button('Clear selection', 'close', () => { list.clear(); list.element.focus(); }, {quiet: true}));
    } else {
      fill(tools, at ? null : button('Upload files', 'upload', () => choose(path, false), {kind: 'main'}),
        at ? null : button('Upload folder', 'folder', () => choose(path, true)),
        button('Show as it was', 'history', () => app.feature('moments').then(({moments}) => moments(app, path, at))));
    }
  }

  function header() {
    const column = (by, words, cls) => h('button', {type: 'button', class: `column ${cls}`,
      aria: {pressed: String(sort.by === by), label: `Sort by ${words.toLowerCase()}${sort.by === by ? (sort.down ? ', descending' : ', ascending') : ''}`},
      onclick() {
        if (sort.by === by) sort.down = !sort.down; else { sort.by = by; sort.down = by !== 'name'; }
        draw();
        document.querySelector(`.column.${cls}`)?.focus();
      }}, words, h('span', {class: 'arrow', aria: {hidden: 'true'}}, sort.by === by ? (sort.down ? '↓' : '↑') : ''));
    return h('div', {class: 'head', role: 'group', aria: {label: 'Sort'}}, h('span', {class: 'tick'}), column('name', 'Name', 'name'),
      column('modified', 'Modified', 'when'), column('size', 'Size', 'size'));
  }

  function draw() {
    const all = entries();
    if (!all.length) {
      toolbar([]);
      fill(body, at ? blank('history', 'Nothing was here then', 'This folder was empty at that time.')
        : path ? blank('folder', 'This folder is empty', 'Drop files here, or pick some.', button('Upload files', 'upload', () => choose(path, false), {kind: 'main'}))
          : blank('upload', 'Drop files and folders here', 'They land in your synced folder and are encrypted and stored at once.',
            button('Upload files', 'upload', () => choose('', false), {kind: 'main'}),
            button('Set up storage', 'target', () => app.go('setup'))));
      status.textContent = '';
      return;
    }
    const sorted = JSON.stringify(sort);
    if (!list.element.isConnected || body.firstChild?.className !== 'head') fill(body, header(), list.element);
    else if (sorted !== headFor) body.replaceChild(header(), body.firstChild);
    headFor = sorted;
    list.show(all);
    if (wantsFocus) list.element.focus();
    wantsFocus = false;
    const size = shown.files.reduce((sum, file) => sum + file.size, 0);
    status.textContent = [shown.folders.length ? count(shown.folders.length, 'folder') : '', count(shown.files.length, 'file'), bytes(size)].filter(Boolean).join(', ');
  }

  async function load() {
    try {
      shown = await get(address('/api/files', {path, at}));
      draw();
    } catch (failure) {
      // What is shown stays while nobody answers; the banner says that it may be out of date.
      if (failure.status === 0 && list.entries.length) return undefined;
      if (failure.error === 'unknown_path' && path && !at) return app.go('files', {path: path.split('/').slice(0, -1).join('/')});
      fill(body, blank('warning', 'This folder cannot be shown', failure.message, button('Try again', 'sync', load)));
    }
    return undefined;
  }

  crumbs.append(trail(app, path, at));
  if (at) {
    fill(past, icon('history'), h('span', {}, `As it was on ${exact(at)}`), button('Back to now', 'undo', () => app.go('files', {path})));
  }
  toolbar([]);
  const element = h('section', {class: 'view files', aria: {label: 'Files'}}, h('div', {class: 'bar'}, crumbs, tools), past, body, status);
  if (!at) dropInto(element, () => path);
  const refresh = settled(load);
  const off = [on('file', refresh), on('reset', refresh), on('commit', refresh)];
  load();
  return {element, title: path ? visible(path.split('/').at(-1)) : 'Files', leave: () => off.forEach(each => each()), focus: () => { if (list.element.isConnected) list.element.focus(); else wantsFocus = true; }};
}

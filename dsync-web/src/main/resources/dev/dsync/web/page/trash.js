// What was deleted and can come back.

import {h, icon, button, fill} from '/page/dom.js';
import {bytes, count, moment, visible} from '/page/format.js';
import {get} from '/page/api.js';
import {on, settled} from '/page/events.js';
import {attempt, blank, loading} from '/page/dialogs.js';
import {WindowedList} from '/page/list.js';
import {face} from '/page/files.js';

export function trashView(app) {
  const body = h('div', {class: 'list-body'}, loading());
  const tools = h('div', {class: 'tools', role: 'toolbar', aria: {label: 'Actions'}});
  const list = new WindowedList({label: 'Deleted files', columns: 4, open: entry => app.feature('versions').then(({versions}) => versions(app, entry)), changed: toolbar,
    row: entry => [h('span', {class: 'tick', aria: {label: 'Selected'}}, icon('check')),
      h('span', {class: 'name'}, face(entry), h('span', {class: 'two'}, h('bdi', {class: 'name-text'}, visible(entry.name)), h('bdi', {class: 'found-path'}, visible(entry.path.split('/').slice(0, -1).join('/')) || 'All files'))),
      h('span', {class: 'when'}, moment(entry.deleted_at)), h('span', {class: 'size'}, bytes(entry.size))]});

  let toolsFor = null;

  /** Controls are made anew only for another number of selected files: one must not vanish under a click, nor lose the focus. */
  function toolbar(selection) {
    if (selection.length === toolsFor) return;
    toolsFor = selection.length;
    fill(tools, selection.length ? h('span', {class: 'chosen'}, `${selection.length} selected`) : null,
      button('Bring back', 'undo', () => back(list.selection()), {kind: 'main', disabled: !selection.length}),
      selection.length === 1 ? button('Versions', 'history', () => app.feature('versions').then(({versions}) => versions(app, list.selection()[0]))) : null);
  }

  async function back(selection) {
    await attempt(() => app.undelete(selection.map(entry => entry.path)));
    list.clear();
    await load();
  }

  async function load() {
    try {
      const {files} = await get('/api/trash');
      files.sort((a, b) => a.deleted_at < b.deleted_at ? 1 : -1);
      if (!files.length) fill(body, blank('trash', 'The trash is empty', 'What you delete waits here and can come back.'));
      else {
        if (!list.element.isConnected) fill(body, h('p', {class: 'facts'}, count(files.length, 'deleted file'), '. Their content is still in the vault.'), list.element);
        list.show(files);
      }
    } catch (failure) {
      if (failure.status === 0 && list.entries.length) return;
      fill(body, blank('warning', 'The trash cannot be shown', failure.message, button('Try again', 'sync', load)));
    }
  }

  toolbar([]);
  const refresh = settled(load);
  const off = [on('file', refresh), on('reset', refresh), on('commit', refresh)];
  load();
  return {element: h('section', {class: 'view files', aria: {label: 'Trash'}}, h('div', {class: 'bar'}, h('h1', {}, 'Trash'), tools), body), title: 'Trash', leave: () => off.forEach(each => each()), focus: () => list.element.focus()};
}

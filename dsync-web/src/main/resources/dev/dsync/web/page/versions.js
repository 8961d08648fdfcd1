// The history of a file: look at any version, download it, or make it the newest.

import {h, button, fill, icon} from '/page/dom.js';
import {bytes, count, moment, visible} from '/page/format.js';
import {get, post, save, address, contentAddress} from '/page/api.js';
import {attempt, dialog, loading, note} from '/page/dialogs.js';

export async function versions(app, entry) {
  const body = h('div', {}, loading());
  const opened = dialog(`Versions of ${visible(entry.name)}`, body, {kind: 'versions'});

  async function load() {
    const answer = await attempt(() => get(address('/api/versions', {path: entry.path})));
    if (!answer) { opened.close(); return; }
    const all = answer.versions;
    const newest = all.length;
    fill(body, h('p', {class: 'facts'}, count(all.length, 'version')), h('ol', {class: 'version-list'}, [...all].reverse().map(version => h('li', {class: version.deleted ? 'version gone' : 'version'},
      h('div', {class: 'version-words'}, h('strong', {}, `Version ${version.number}`, version.number === newest ? ' (newest)' : ''),
        h('span', {}, moment(version.from), version.deleted ? ' · deleted' : ` · ${bytes(version.size)}`)),
      version.kind === 'file' ? h('div', {class: 'row'},
        button(`Preview version ${version.number}`, entry.preview === 'none' ? 'file' : entry.preview, () => app.feature('preview').then(({preview}) => preview(app, {...entry, size: version.size, modified: version.modified}, {version: version.number})), {quiet: true}),
        button(`Download version ${version.number}`, 'download', () => save(contentAddress(entry, {version: version.number, download: 1})), {quiet: true}),
        version.number === newest ? null : button('Restore', 'undo', () => restore(version.number), {aria: {label: `Restore version ${version.number}`}})) : icon('trash')))));
  }

  async function restore(number) {
    await attempt(async () => {
      await post(address('/api/restore', {path: entry.path, version: number}));
      note(`Version ${number} is the newest again.`);
      await load();
    });
  }

  await load();
}

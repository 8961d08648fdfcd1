// A look at one file, in place. Video and audio fetch only what is played; text only its beginning.

import {h, button, fill} from '/page/dom.js';
import {bytes, moment, visible} from '/page/format.js';
import {contentAddress, download} from '/page/api.js';
import {blank, dialog, loading} from '/page/dialogs.js';

const TEXT_SHOWN = 256 * 1024;

export function preview(app, first, {all = [first], at = '', version} = {}) {
  let entry = first;
  const stage = h('div', {class: 'stage'});
  const facts = h('p', {class: 'facts'});
  const before = button('Previous file', 'back', () => step(-1), {quiet: true});
  const after = button('Next file', 'forward', () => step(1), {quiet: true});
  const opened = dialog(visible(entry.name), [h('div', {class: 'stage-row'}, before, stage, after), facts], {kind: 'preview', actions: [
    version ? null : button('Versions', 'history', () => { opened.close(); app.feature('versions').then(({versions}) => versions(app, entry)); }, {quiet: true}),
    button('Download', 'download', () => version ? location.assign(contentAddress(entry, {version, download: 1})) : download([entry], at), {quiet: true})],
  onclose: () => fill(stage)});
  opened.box.addEventListener('keydown', event => {
    if (event.target.closest('video, audio')) return;
    if (event.key === 'ArrowLeft') step(-1);
    if (event.key === 'ArrowRight') step(1);
  });

  function step(by) {
    const next = all[all.findIndex(each => each.path === entry.path) + by];
    if (next) { entry = next; show(); }
  }

  function trouble() {
    fill(stage, blank('warning', 'This cannot be shown', 'The file may be damaged, or in a form that this browser does not know.', button('Download', 'download', () => download([entry], at))));
  }

  function media(tag, words) {
    const player = h(tag, {controls: true, preload: 'metadata', src: where(), aria: {label: words}});
    player.addEventListener('error', trouble);
    return player;
  }

  const where = (more = {}) => contentAddress(entry, {version, at, ...more});

  async function text() {
    fill(stage, loading());
    const mine = entry;
    try {
      const response = await fetch(where(), {headers: entry.size ? {Range: `bytes=0-${TEXT_SHOWN - 1}`} : {}});
      if (!response.ok) throw new Error();
      const words = await response.text();
      if (mine !== entry) return;
      fill(stage, h('pre', {class: 'text', tabIndex: 0, aria: {label: `Content of ${visible(entry.name)}`}}, words));
      if (entry.size > TEXT_SHOWN) stage.append(h('p', {class: 'facts'}, `The first ${bytes(TEXT_SHOWN)} of ${bytes(entry.size)}. Download it to see all.`));
    } catch { trouble(); }
  }

  function show() {
    const index = all.findIndex(each => each.path === entry.path);
    before.disabled = index <= 0;
    after.disabled = index < 0 || index >= all.length - 1;
    before.hidden = after.hidden = all.length < 2;
    opened.retitle(visible(entry.name));
    fill(facts, `${bytes(entry.size)} · `, moment(entry.modified), version ? ` · version ${version}` : null);
    if (entry.preview === 'image') {
      const image = h('img', {alt: visible(entry.name), src: where()});
      image.addEventListener('error', trouble);
      fill(stage, image);
    } else if (entry.preview === 'video') fill(stage, media('video', visible(entry.name)));
    else if (entry.preview === 'audio') fill(stage, media('audio', visible(entry.name)));
    else if (entry.preview === 'pdf') fill(stage, h('iframe', {class: 'pdf', src: where(), title: visible(entry.name)}));
    else if (entry.preview === 'text') text();
    else fill(stage, blank('file', 'No preview', 'Files of this kind can be downloaded, not shown.', button('Download', 'download', () => download([entry], at), {kind: 'main'})));
  }

  show();
}

// Chooses a moment whose tree is to be shown.

import {h, button, fill} from '/page/dom.js';
import {exact, moment} from '/page/format.js';
import {get} from '/page/api.js';
import {attempt, dialog} from '/page/dialogs.js';

const SHOWN = 60;

export async function moments(app, path, at) {
  const answer = await attempt(() => get('/api/commits'));
  if (!answer) return;
  const local = time => new Date(time - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 19);
  const field = h('input', {type: 'datetime-local', id: 'moment', step: 1, value: local(at ? new Date(at) : new Date())});
  const go = time => { opened.close(); app.go('files', {path, at: time}); };
  const opened = dialog('Show as it was', h('form', {onsubmit: event => { event.preventDefault(); if (field.value) go(new Date(field.value).toISOString()); }},
    h('label', {htmlFor: 'moment'}, 'At this time'), h('div', {class: 'row'}, field, h('button', {type: 'submit', class: 'button main'}, 'Show')),
    h('h3', {}, 'Or when something was stored'),
    answer.commits.length ? h('ul', {class: 'moment-list'}, answer.commits.slice(0, SHOWN).map(commit => h('li', {}, h('button', {type: 'button', class: 'button link', onclick: () => go(commit.time)},
      h('span', {}, exact(commit.time)), moment(commit.time))))) : h('p', {}, 'Nothing is stored yet.')), {kind: 'small'});
  if (at) fill(opened.box.querySelector('.dialog-actions'), button('Back to now', 'undo', () => { opened.close(); app.go('files', {path}); }), ...opened.box.querySelectorAll('.dialog-actions > *'));
}

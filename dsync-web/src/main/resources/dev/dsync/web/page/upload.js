// Uploads: dropped or picked files and folders, a few at a time, each followed to where it is stored.

import {h, icon, button, fill} from '/page/dom.js';
import {bytes, count, visible} from '/page/format.js';
import {get, address} from '/page/api.js';
import {on} from '/page/events.js';
import {note} from '/page/dialogs.js';

const AT_ONCE = 3;
const ROWS = 100;
const WORDS = {waiting: 'Waiting', sending: 'Sending', landed: 'In the folder, waiting to be stored', reading: 'Reading', sealing: 'Encrypting',
  storing: 'Storing', stored: 'Stored', failed: 'Failed', cancelled: 'Cancelled'};
const OVER = new Set(['stored', 'failed', 'cancelled']);

const uploads = [];
const byPath = new Map();
let open = true;
const heading = h('h2', {id: 'uploads-title'});
const rows = h('ul', {class: 'upload-rows'});
const fold = h('button', {type: 'button', class: 'button quiet', aria: {label: 'Show or hide the uploads', expanded: 'true'}, onclick: () => {
  open = !open;
  fold.setAttribute('aria-expanded', String(open));
  panel.classList.toggle('folded', !open);
}}, icon('list'));
const panel = h('section', {class: 'uploads', hidden: true, aria: {labelledby: 'uploads-title'}},
  h('header', {}, heading, h('div', {class: 'row'}, fold, button('Close the list', 'close', close, {quiet: true}))), rows);
const spoken = h('p', {class: 'unseen', role: 'status', aria: {live: 'polite'}});

export function uploadPanel() { return [panel, spoken]; }

class Upload {
  constructor(file, folder) {
    this.file = file;
    this.folder = folder;
    this.path = folder ? `${folder}/${file.name}` : file.name;
    this.state = 'waiting';
    this.done = 0;
    this.why = '';
    this.bar = h('progress', {max: 100, value: 0, aria: {label: `Progress of ${visible(file.name)}`}});
    this.words = h('span', {class: 'upload-words'});
    this.stop = button(`Cancel ${visible(file.name)}`, 'close', () => this.cancel(), {quiet: true});
    this.element = h('li', {class: 'upload', data: {path: this.path}}, h('div', {class: 'upload-text'},
      h('bdi', {class: 'upload-name', title: visible(this.path)}, visible(file.name)), this.words), this.bar, this.stop);
    this.draw();
  }

  send() {
    this.become('sending');
    const request = this.request = new XMLHttpRequest();
    request.open('POST', address('/api/files', {path: this.folder, name: this.file.name}));
    request.setRequestHeader('Prefer', 'respond-async');
    request.upload.onprogress = event => { this.done = event.total ? event.loaded / event.total : 0; this.draw(); };
    request.onload = () => {
      if (request.status === 201) {
        if (this.state === 'sending') this.become('landed');
      } else {
        let detail = '';
        try { detail = JSON.parse(request.responseText).detail; } catch { /* then the status must do */ }
        this.fail(detail || `The server answered ${request.status}.`);
      }
      pump();
    };
    request.onerror = () => { this.fail('The connection broke. Nothing of it was kept; send it again.'); pump(); };
    request.onabort = () => { this.become('cancelled'); pump(); };
    const form = new FormData();
    form.append('path', this.folder);
    form.append('file', this.file);
    request.send(form);
  }

  cancel() {
    if (this.state === 'waiting') { this.become('cancelled'); pump(); }
    else if (this.state === 'sending') this.request.abort();
  }

  fail(why) { this.why = why; this.become('failed'); }

  become(state) {
    this.state = state;
    this.done = 0;
    this.draw();
    summary();
  }

  draw() {
    const part = {waiting: 0, sending: this.done * 60, landed: 60, reading: 60 + this.done * 15, sealing: 80, storing: 90, stored: 100, failed: 0, cancelled: 0}[this.state];
    this.bar.value = part;
    this.bar.hidden = OVER.has(this.state);
    const share = this.state === 'sending' || this.state === 'reading' ? ` ${Math.round(this.done * 100)} %` : '';
    this.words.textContent = this.why || `${WORDS[this.state]}${share} · ${bytes(this.file.size)}`;
    this.stop.hidden = this.state !== 'waiting' && this.state !== 'sending';
    this.element.dataset.state = this.state;
  }
}

function pump() {
  let sending = uploads.filter(each => each.state === 'sending').length;
  for (const upload of uploads) {
    if (sending >= AT_ONCE) break;
    if (upload.state === 'waiting') { upload.send(); sending++; }
  }
  summary();
}

function summary() {
  const stored = uploads.filter(each => each.state === 'stored').length;
  const failed = uploads.filter(each => each.state === 'failed').length;
  const busy = uploads.filter(each => !OVER.has(each.state));
  heading.textContent = busy.length ? `Uploading: ${stored} of ${uploads.length} stored`
    : failed ? `${count(failed, 'upload')} failed, ${stored} stored` : `${count(stored, 'upload')} stored`;
  if (!busy.length && uploads.length) spoken.textContent = heading.textContent;
  panel.hidden = uploads.length === 0;
  const show = [...busy.slice(0, ROWS), ...uploads.filter(each => each.state === 'failed'), ...uploads.filter(each => each.state === 'stored' || each.state === 'cancelled').slice(-ROWS)].slice(0, ROWS);
  if (show.length !== rows.children.length || show.some((each, index) => rows.children[index] !== each.element)) rows.replaceChildren(...show.map(each => each.element));
}

function close() {
  if (uploads.some(each => !OVER.has(each.state))) { open = true; fold.click(); return; }
  uploads.length = 0;
  byPath.clear();
  summary();
}

function add(files) {
  for (const {file, folder} of files) {
    const upload = new Upload(file, folder);
    uploads.push(upload);
    byPath.set(upload.path, upload);
  }
  panel.classList.remove('folded');
  pump();
}

on('progress', step => {
  const upload = step.kind === 'file' ? byPath.get(step.path) : null;
  if (upload && (!OVER.has(upload.state) || upload.state === 'stored')) {
    if (step.state !== upload.state) upload.become(step.state);
    if (step.total) { upload.done = step.done / step.total; upload.draw(); }
  }
  if (step.kind === 'sync' && step.state === 'done') {
    for (const failure of step.failed ?? []) byPath.get(failure.path)?.fail(failure.reason);
    look();
  }
  if (step.kind === 'sync' && step.state === 'ended') look();
});
on('reset', () => look());

/** What was not heard of may have been stored all the same: asks for those few. */
async function look() {
  for (const upload of uploads.filter(each => ['landed', 'reading', 'sealing', 'storing'].includes(each.state)).slice(0, 50)) {
    const known = await get(address('/api/versions', {path: upload.path})).catch(() => null);
    const last = known?.versions.at(-1);
    if (last && !last.deleted && last.size === upload.file.size && !OVER.has(upload.state)) upload.become('stored');
  }
}

/** Lets a person pick files, or a whole folder. */
export function choose(folder, whole) {
  const input = h('input', {type: 'file', multiple: true, class: 'unseen', id: 'picker', aria: {label: 'Files to upload'}});
  if (whole) input.webkitdirectory = true;
  document.getElementById('picker')?.remove();
  document.body.append(input);
  input.addEventListener('change', () => {
    add([...input.files].map(file => ({file, folder: [folder, file.webkitRelativePath.split('/').slice(0, -1).join('/')].filter(Boolean).join('/')})));
    input.remove();
  });
  input.click();
}

const entriesOf = reader => new Promise((resolve, reject) => reader.readEntries(resolve, reject));
const fileOf = entry => new Promise((resolve, reject) => entry.file(resolve, reject));

async function walk(entry, folder, found) {
  if (entry.isFile) {
    found.push({file: await fileOf(entry), folder});
    return;
  }
  const reader = entry.createReader();
  const inside = [folder, entry.name].filter(Boolean).join('/');
  for (let some = await entriesOf(reader); some.length; some = await entriesOf(reader)) {
    for (const each of some) await walk(each, inside, found);
  }
}

/** Takes what is dropped on an element into the folder it shows. */
export function dropInto(element, folder) {
  let depth = 0;
  const hint = h('div', {class: 'drop-hint', hidden: true, aria: {hidden: 'true'}}, icon('upload'), 'Drop to upload');
  element.append(hint);
  const holdsFiles = event => [...event.dataTransfer.types].includes('Files');
  element.addEventListener('dragenter', event => { if (holdsFiles(event)) { event.preventDefault(); depth++; hint.hidden = false; } });
  element.addEventListener('dragover', event => { if (holdsFiles(event)) { event.preventDefault(); event.dataTransfer.dropEffect = 'copy'; } });
  element.addEventListener('dragleave', () => { depth = Math.max(0, depth - 1); hint.hidden = depth === 0; });
  element.addEventListener('drop', async event => {
    event.preventDefault();
    depth = 0;
    hint.hidden = true;
    const entries = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry()).filter(Boolean);
    const found = [];
    try {
      for (const entry of entries) await walk(entry, folder(), found);
    } catch {
      note('Something that was dropped could not be read. Nothing of it was sent.', {trouble: true});
      return;
    }
    if (found.length) add(found);
    else note('There was no file in what was dropped.');
  });
}

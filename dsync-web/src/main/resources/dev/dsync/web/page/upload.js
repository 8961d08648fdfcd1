// Uploads: dropped or picked files and folders, a few at a time, each followed to where it is stored.

import {h, icon, button, fill} from '/page/dom.js';
import {bytes, count, visible} from '/page/format.js';
import {get, remove, address} from '/page/api.js';
import {on} from '/page/events.js';
import {note} from '/page/dialogs.js';

const AT_ONCE = 3;
const ROWS = 100;
const WORDS = {waiting: 'Waiting', sending: 'Sending', landed: 'In the folder, waiting to be stored', reading: 'Reading', sealing: 'Encrypting',
  storing: 'Storing', stored: 'Stored', kept: 'In the folder, not stored', failed: 'Failed', cancelling: 'Cancelling…', cancelled: 'Cancelled'};
const OVER = new Set(['stored', 'kept', 'failed', 'cancelled']);
const TO_BE_STORED = new Set(['landed', 'reading', 'sealing', 'storing']);

/** How cancelling ended, for a file that had no other in its place before, and for one that had. */
const ENDS = {
  cancelled: ['Cancelled. Nothing of it was kept', 'Cancelled. The file before it is back'],
  deleted: ['Cancelled after it was stored: it is in the trash', 'Cancelled after it was stored: the file before it is back, this one is among its versions'],
};

const uploads = [];
const byPath = new Map();
let firstWaiting = 0;
let open = true;
const heading = h('h2', {id: 'uploads-title'});
const rows = h('ul', {class: 'upload-rows'});
const fold = h('button', {type: 'button', class: 'button quiet', aria: {label: 'Show or hide the uploads', expanded: 'true'}, onclick: () => {
  open = !open;
  fold.setAttribute('aria-expanded', String(open));
  panel.classList.toggle('folded', !open);
}}, icon('list'));
const all = button('Cancel all', null, () => cancelAll(), {kind: 'link'});
const panel = h('section', {class: 'uploads', hidden: true, aria: {labelledby: 'uploads-title'}},
  h('header', {}, heading, h('div', {class: 'row'}, all, fold, button('Close the list', 'close', close, {quiet: true}))), rows);
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
    this.stop = button(`Cancel ${visible(file.name)}`, 'close', () => cancel([this]), {quiet: true});
    this.again = button(`Send ${visible(file.name)} again`, 'sync', () => { this.why = ''; this.become('waiting'); firstWaiting = 0; pump(); }, {quiet: true});
    this.element = h('li', {class: 'upload', data: {path: this.path}}, h('div', {class: 'upload-text'},
      h('bdi', {class: 'upload-name', title: visible(this.path)}, visible(file.name)), this.words), this.bar, this.stop, this.again);
    this.draw();
  }

  send() {
    this.become('sending');
    const request = this.request = new XMLHttpRequest();
    request.open('POST', address('/api/files', {path: this.folder, name: this.file.name}));
    request.setRequestHeader('Prefer', 'respond-async');
    request.upload.onprogress = event => { this.done = event.total ? event.loaded / event.total : 0; this.draw(); };
    request.upload.onload = () => { this.done = 1; this.draw(); };
    request.onload = () => {
      if (request.status === 201) {
        this.modified = Date.parse(JSON.parse(request.responseText).files[0].modified);
        if (this.state === 'cancelling') takeBack([this]);
        else if (this.state === 'sending') this.become('landed');
      } else {
        let detail = '';
        try { detail = JSON.parse(request.responseText).detail; } catch { /* then the status must do */ }
        this.end('failed', detail || `The server answered ${request.status}.`);
      }
      pump();
    };
    request.onerror = () => {
      this.end('failed', this.done < 1 ? 'The connection broke. Nothing of it was kept; send it again.' : 'The connection broke when all was sent: see whether it is there.');
      pump();
    };
    request.onabort = () => { this.end('cancelled', ENDS.cancelled[0]); pump(); };
    const form = new FormData();
    form.append('path', this.folder);
    form.append('file', this.file);
    request.send(form);
  }

  end(state, why) { this.why = why; this.become(state); }

  /** What the server says of the end of cancelling. */
  ended({state, replaced}) {
    if (OVER.has(this.state)) return;
    if (state in ENDS) this.end('cancelled', ENDS[state][replaced ? 1 : 0]);
    else if (state === 'too_late') this.end('stored', 'Stored before it could be cancelled');
    else if (state === 'changed') this.end('kept', 'Something else changed it meanwhile: it stays in the folder');
  }

  become(state) {
    this.state = state;
    this.done = 0;
    this.draw();
    summary();
  }

  draw() {
    const part = {waiting: 0, sending: this.done * 60, landed: 60, reading: 60 + this.done * 15, sealing: 80, storing: 90}[this.state];
    if (part === undefined && !OVER.has(this.state)) this.bar.removeAttribute('value'); else this.bar.value = part ?? 0;
    this.bar.hidden = OVER.has(this.state);
    const share = this.state === 'sending' || this.state === 'reading' ? ` ${Math.round(this.done * 100)} %` : '';
    this.words.textContent = this.why || `${WORDS[this.state]}${share} · ${bytes(this.file.size)}`;
    this.stop.hidden = OVER.has(this.state) || this.state === 'cancelling';
    this.again.hidden = this.state !== 'failed';
    this.element.dataset.state = this.state;
  }
}

/** Stops those that are not over: at once while they wait or are sent, else by taking them back. */
function cancel(some) {
  for (const upload of some) {
    if (upload.state === 'waiting') upload.end('cancelled', ENDS.cancelled[0]);
    else if (upload.state === 'sending' && upload.done < 1) upload.request.abort();
    else if (upload.state === 'sending') upload.become('cancelling'); // It is taken back as soon as it has landed.
  }
  takeBack(some.filter(upload => TO_BE_STORED.has(upload.state)));
  pump();
}

function cancelAll() { cancel(uploads.filter(each => !OVER.has(each.state)).reverse()); }

async function takeBack(some) {
  if (!some.length) return;
  for (const upload of some) upload.become('cancelling');
  try {
    const {files} = await remove('/api/uploads', {paths: some.map(each => each.path)});
    for (const end of files) byPath.get(end.path)?.ended(end);
  } catch (failure) {
    note(`Not cancelled: ${failure.message}`, {trouble: true});
    for (const upload of some) if (upload.state === 'cancelling') upload.become('landed');
    look();
  }
}

function pump() {
  let sending = uploads.filter(each => each.state === 'sending').length;
  for (; sending < AT_ONCE && firstWaiting < uploads.length; firstWaiting++) {
    if (uploads[firstWaiting].state === 'waiting') { uploads[firstWaiting].send(); sending++; }
  }
  summary();
}

let summing = 0;

/** Many small files change state at once: what is shown of all together follows a moment later. */
function summary() { summing ||= setTimeout(sum, 40); }

function sum() {
  summing = 0;
  const those = state => uploads.filter(each => each.state === state);
  const stored = those('stored').length, failed = those('failed'), kept = those('kept'), cancelled = those('cancelled');
  const busy = uploads.filter(each => !OVER.has(each.state));
  heading.textContent = busy.length ? `Uploading: ${stored} of ${uploads.length} stored`
    : [failed.length ? `${count(failed.length, 'upload')} failed` : '', kept.length ? `${kept.length} not stored` : '', stored || !failed.length && !kept.length && !cancelled.length ? `${count(stored, 'upload')} stored` : '', cancelled.length ? `${cancelled.length} cancelled` : ''].filter(Boolean).join(', ');
  if (!busy.length && uploads.length) spoken.textContent = heading.textContent;
  panel.hidden = uploads.length === 0;
  all.hidden = busy.length < 2;
  const over = uploads.filter(each => each.state === 'stored' || each.state === 'cancelled');
  const show = [...busy.slice(0, ROWS), ...failed, ...kept, ...over.slice(-ROWS)].slice(0, ROWS);
  if (show.length !== rows.children.length || show.some((each, index) => rows.children[index] !== each.element)) rows.replaceChildren(...show.map(each => each.element));
}

function close() {
  if (uploads.some(each => !OVER.has(each.state))) { open = true; fold.click(); return; }
  uploads.length = 0;
  firstWaiting = 0;
  byPath.clear();
  sum();
}

function add(files) {
  for (const {file, folder} of files) {
    const upload = new Upload(file, folder);
    uploads.push(upload);
    byPath.set(upload.path, upload);
  }
  panel.classList.remove('folded');
  pump();
  sum();
}

on('progress', step => {
  const upload = step.kind === 'file' ? byPath.get(step.path) : null;
  if (upload) hear(upload, step);
  if (step.kind === 'sync' && step.state === 'done') {
    for (const failure of step.failed ?? []) {
      const failed = byPath.get(failure.path);
      if (TO_BE_STORED.has(failed?.state)) failed.end('failed', failure.reason);
    }
    look();
  }
  if (step.kind === 'sync' && step.state === 'ended') look();
});
on('reset', () => look());

function hear(upload, step) {
  if (upload.state === 'cancelling') { upload.ended(step); return; }
  // The news of a file may be faster than the answer to its last byte; before that, it is of the file before.
  if (!TO_BE_STORED.has(upload.state) && !(upload.state === 'sending' && upload.done === 1) || !(step.state in WORDS)) return;
  if (step.state === 'kept') { upload.end('kept', step.why); return; }
  if (step.state !== upload.state) upload.become(step.state);
  if (step.total) { upload.done = step.done / step.total; upload.draw(); }
}

/** What was not heard of may have been stored all the same: asks once for each folder. */
async function look() {
  const unsure = uploads.filter(each => TO_BE_STORED.has(each.state));
  for (const folder of new Set(unsure.map(each => each.folder))) {
    const listed = await get(address('/api/files', {path: folder})).catch(() => null);
    const known = new Map(listed?.files.map(file => [file.path, file]));
    for (const upload of unsure.filter(each => each.folder === folder && TO_BE_STORED.has(each.state))) {
      const file = known.get(upload.path);
      if (file?.size === upload.file.size && Date.parse(file.modified) === upload.modified) upload.become('stored');
    }
  }
}

// What is not sent yet would be lost.
addEventListener('beforeunload', event => { if (uploads.some(each => each.state === 'waiting' || each.state === 'sending')) event.preventDefault(); });

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

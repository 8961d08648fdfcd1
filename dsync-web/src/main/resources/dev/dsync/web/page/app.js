// The frame of the page: what is shown where, and which address stands for what. Features that not every visit needs are
// loaded when they are first used: feature('preview') is preview.js.

import {h, icon, button, fill} from '/page/dom.js';
import {get, post, address, onLoginNeeded} from '/page/api.js';
import {on, listen, settled} from '/page/events.js';
import {attempt, blank, loading, note} from '/page/dialogs.js';
import {filesView} from '/page/files.js';
import {uploadPanel} from '/page/upload.js';
import {bytes, count, moment} from '/page/format.js';

const VIEWS = {
  files: {words: 'Files', picture: 'folder', make: (app, where) => filesView(app, where)},
  trash: {words: 'Trash', picture: 'trash', make: async app => (await feature('trash')).trashView(app)},
  statistics: {words: 'Statistics', picture: 'chart', make: async app => (await feature('statistics')).statisticsView(app)},
  activity: {words: 'Activity', picture: 'list', make: async app => (await feature('activity')).activityView(app)},
  setup: {words: 'Storage', picture: 'target', make: async app => (await feature('setup')).setupView(app)},
};

const feature = name => import(`/page/${name}.js`);

const main = h('main', {id: 'main', tabIndex: -1});
const links = h('nav', {class: 'sections', aria: {label: 'Sections'}});
const offline = h('div', {class: 'banner offline', role: 'alert', hidden: true});
const warning = h('div', {class: 'banner', role: 'status', hidden: true});
const pulse = h('div', {class: 'pulse', role: 'status', aria: {live: 'off'}});
const syncButton = button('Sync now', 'sync', syncNow, {kind: 'sync'});
const search = h('input', {type: 'search', class: 'search', placeholder: 'Search all files', aria: {label: 'Search all files'}, spellcheck: false, autocomplete: 'off'});
const searchBox = h('div', {class: 'search-box'}, icon('search'), search);

let current = null;
let drawing = 0;
let state = {};
let running = false;

export const app = {
  feature,
  link: (view, where = {}) => `#${address(`/${view}`, where)}`,
  /** Goes there; what was open over the page is closed by then. */
  go(view, where = {}) {
    const there = app.link(view, where);
    if (location.hash === there) return Promise.resolve();
    return new Promise(resolve => {
      addEventListener('hashchange', () => resolve(), {once: true});
      location.hash = there;
    });
  },
  state: () => state,
  async undelete(paths) {
    const answer = await post('/api/undelete', {paths});
    note(`${count(answer.paths.length, 'item')} came back.`);
  },
};

function where() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return {view: VIEWS[path] ? path : 'files', parameters: Object.fromEntries(new URLSearchParams(query))};
}

async function draw() {
  const turn = ++drawing;
  const {view, parameters} = where();
  const made = VIEWS[view].make(app, parameters);
  if (made instanceof Promise) fill(main, loading());
  let next;
  try {
    next = await made;
  } catch {
    fill(main, blank('warning', 'This part could not be loaded', 'The dashboard did not answer.', button('Try again', 'sync', draw)));
    return;
  }
  if (turn !== drawing) { next.leave?.(); return; }
  current?.leave?.();
  const before = current;
  current = next;
  fill(main, next.element);
  document.title = `${next.title} · dsync`;
  for (const link of links.querySelectorAll('a')) {
    if (link.dataset.view === view) link.setAttribute('aria-current', 'page'); else link.removeAttribute('aria-current');
  }
  if (before && !searchBox.contains(document.activeElement)) next.focus?.();
}

async function syncNow() {
  syncButton.disabled = true;
  const report = await attempt(() => post('/api/sync'));
  syncButton.disabled = false;
  if (!report) return;
  const touched = report.added + report.changed + report.deleted;
  if (report.failed.length) note(`${count(report.failed.length, 'file')} could not be stored: ${report.failed[0].path} ${report.failed[0].reason}`, {trouble: true});
  else note(touched ? `${report.added} added, ${report.changed} changed, ${report.deleted} deleted.` : 'Everything is up to date.');
}

function beat(step) {
  if (step.kind === 'file' || step.kind === 'check') return;
  if (step.state === 'begun' || step.state === 'waiting') running = true;
  if (step.state === 'ended') running = false;
  syncButton.classList.toggle('turning', running);
  if (step.state === 'waiting') pulse.textContent = 'Waiting for another dsync in this home';
  else if (step.state === 'running' && step.kind === 'sync') pulse.textContent = `${count(step.files_seen, 'file')} looked at, ${bytes(step.bytes_stored)} stored`;
  else if (step.state === 'begun') pulse.textContent = {sync: 'Syncing', delete: 'Deleting', undelete: 'Bringing back', restore: 'Restoring'}[step.kind] ?? 'Working';
  else if (step.state === 'ended') rest();
}

async function rest() {
  try {
    state = await get('/api/state');
    const commits = await get('/api/commits');
    const last = commits.commits[0];
    fill(pulse, running ? null : last ? h('span', {}, 'Stored ', moment(last.time)) : h('span', {}, 'Nothing stored yet'));
  } catch { /* the banner says it */ }
}

async function warn() {
  // Before there is a vault, a place that was never used is no trouble.
  const status = state.vault ? await get('/api/status').catch(() => null) : null;
  const bad = (status?.targets ?? []).filter(target => target.state === 'retired' || target.state === 'unreachable');
  if (!bad.length) { warning.hidden = true; return; }
  const gone = bad.filter(target => target.state === 'retired');
  const lost = bad.reduce((sum, target) => sum + target.packs_only_here, 0);
  const losses = lost ? await get('/api/losses').catch(() => null) : null;
  const files = (losses?.targets ?? []).filter(({id}) => bad.some(target => target.id === id)).reduce((sum, target) => sum + target.files, 0);
  const again = gone.length ? '; the next sync stores them again from this computer' : '';
  const cost = !lost ? 'Nothing lies there alone.'
    : !losses?.complete ? `${count(lost, 'pack')} ${lost === 1 ? 'lies' : 'lie'} nowhere else${again}.`
      : files ? `${count(files, 'file')} ${files === 1 ? 'has' : 'have'} content that lies nowhere else${again}.`
        : 'Only older versions of files lie there alone.';
  fill(warning, icon('warning'), h('span', {}, gone.length
    ? `${count(gone.length, 'storage place is', 'storage places are')} gone for good.`
    : `${count(bad.length, 'storage place', 'storage places')} cannot be reached.`,
  ` ${cost}`),
  h('a', {href: app.link('statistics')}, 'See storage'));
  warning.hidden = false;
}

function searching() {
  let turn = 0;
  const ask = settled(async () => {
    const query = search.value.trim();
    const mine = ++turn;
    if (!query) return;
    const [{results}, found] = await Promise.all([feature('search'), get(address('/api/search', {q: query})).catch(failure => ({failure}))]);
    if (mine === turn && search.value.trim() === query) results(app, searchBox, search, found);
  }, 80, 300);
  search.addEventListener('input', () => { turn++; feature('search').then(({forget}) => forget(searchBox, search), () => {}); ask(); });
  document.addEventListener('keydown', event => {
    const typing = event.target.closest?.('input, textarea, dialog');
    if (event.key === '/' && !typing) { event.preventDefault(); search.focus(); }
  });
}

async function start() {
  fill(links, Object.entries(VIEWS).map(([name, {words, picture}]) => h('a', {href: app.link(name), data: {view: name}}, icon(picture), h('span', {}, words))));
  fill(document.getElementById('app'), h('a', {class: 'skip', href: '#main', onclick: event => { event.preventDefault(); main.focus(); }}, 'Skip to the content'),
    h('header', {class: 'top'}, h('a', {class: 'brand', href: app.link('files'), aria: {label: 'dsync, all files'}}, h('img', {src: '/page/icon.svg', alt: '', width: 28, height: 28}), h('span', {}, 'dsync')),
      searchBox, pulse, syncButton),
    h('div', {class: 'banners'}, offline, warning), links, main, uploadPanel());
  fill(offline, icon('warning'), h('span', {}, 'The dashboard cannot be reached. What you see may be out of date; trying again…'));
  addEventListener('hashchange', () => {
    for (const open of document.querySelectorAll('dialog[open]')) open.close();
    draw();
  });
  searching();
  on('connection', well => { offline.hidden = well; });
  on('progress', beat);
  const refresh = settled(() => rest().then(warn), 300, 2000);
  for (const event of ['commit', 'target', 'state', 'reset']) on(event, refresh);
  onLoginNeeded(async () => (await feature('login')).login());
  try {
    state = await get('/api/state');
  } catch (failure) {
    if (failure.error !== 'login') {
      fill(main, blank('warning', 'The dashboard cannot be reached', failure.message, button('Try again', 'sync', () => location.reload())));
    }
    return;
  }
  listen();
  rest().then(warn);
  if (!state.vault && !state.targets_named && !location.hash && sessionStorage.getItem('setup') !== 'later') location.hash = app.link('setup');
  await draw();
}

start();

// What the vault comes to, how it grew, how its targets do, and whether all is well.

import {h, icon, button, fill} from '/page/dom.js';
import {bytes, count, moment, percent, visible} from '/page/format.js';
import {get, post, remove} from '/page/api.js';
import {on, settled} from '/page/events.js';
import {attempt, blank, loading} from '/page/dialogs.js';
import {plot} from '/page/plot.js';

const STATES = {active: 'Works', unused: 'Not used yet', unreachable: 'Cannot be reached', not_configured: 'Not configured', retired: 'Gone for good'};

export function statisticsView(app) {
  const totals = h('div', {class: 'cards'}, loading());
  const growth = h('div', {});
  const targets = h('div', {class: 'targets'});
  const check = h('div', {class: 'panel'});
  const watch = h('div', {class: 'panel'});
  // All at once, when the figures are there: nothing is pushed around.
  const rest = h('div', {hidden: true}, h('h2', {}, 'Growth'), growth, h('h2', {}, 'Storage'), targets, h('h2', {}, 'Care'), h('div', {class: 'panels'}, check, watch));
  let percentRead = 0;

  function card(words, value, more, picture) {
    return h('div', {class: 'card'}, icon(picture), h('dl', {}, h('dt', {}, words), h('dd', {class: 'figure'}, value), h('dd', {class: 'more'}, more)));
  }

  function drawTotals(status, grown) {
    const deduplicated = Math.max(0, grown.version_bytes - status.chunk_bytes);
    const compressed = Math.max(0, status.chunk_bytes - status.encoded_bytes);
    fill(totals, card('Files', status.files.toLocaleString(), `${count(status.deleted_files, 'deleted file')} can come back`, 'file'),
      card('Their size', bytes(status.logical_bytes), `${bytes(grown.version_bytes)} with all versions`, 'folder'),
      card('Stored', bytes(status.stored_bytes), `${count(status.packs, 'pack')}, all copies counted`, 'target'),
      card('Saved by deduplication', bytes(deduplicated), `${percent(deduplicated, grown.version_bytes)} of all versions`, 'history'),
      card('Saved by compression', bytes(compressed), `${percent(compressed, status.chunk_bytes)} of what is distinct`, 'chart'),
      grown.plain_pack_bytes ? card('Encryption', 'Partly', `${bytes(grown.plain_pack_bytes)} lies unencrypted, as your rules say`, 'warning')
        : card('Encryption', 'AES-256-GCM', 'Sealed on this machine, before it leaves', 'shield'));
  }

  function drawGrowth(grown) {
    fill(growth, grown.points.length > 1
      ? plot('Growth of the vault', grown.points, [{name: 'Files', key: 'logical_bytes', kind: 'one'}, {name: 'Stored', key: 'stored_bytes', kind: 'two'}])
      : h('p', {class: 'quiet-words'}, 'A plot appears here when something was stored at two different times.'));
  }

  /** In files where they could be counted, and in any case in packs. */
  function cost(target, losses) {
    if (!target.packs_only_here) return 'nothing would be gone';
    const packs = `${count(target.packs_only_here, 'pack')}${target.bytes_only_here ? `, ${bytes(target.bytes_only_here)}` : ''}`;
    const files = losses.targets.find(({id}) => id === target.id)?.files ?? 0;
    return losses.complete ? `${count(files, 'file')} would be gone (${packs})` : `${packs} would be gone`;
  }

  function drawTarget(target, losses) {
    const line = (words, value) => h('div', {}, h('dt', {}, words), h('dd', {}, value));
    const wait = target.wait_seconds > 0 ? `next request in ${Math.ceil(target.wait_seconds)} s` : 'a request may go now';
    return h('article', {class: `target ${target.state}`, aria: {label: target.id ?? `line ${target.line}`}},
      h('header', {}, h('h3', {}, target.kind === 'discord' ? 'Discord webhook' : target.kind === 'file' ? 'Folder' : target.kind ?? 'Storage'), h('span', {class: 'state'}, STATES[target.state] ?? target.state)),
      h('p', {class: 'id'}, target.id ?? `line ${target.line} of webhooks.txt`),
      target.why ? h('p', {class: 'why'}, visible(target.why), target.since ? [' (found ', moment(target.since), ')'] : null) : null,
      h('dl', {}, line('Holds', `${count(target.packs, 'pack')}, ${bytes(target.bytes)}`),
        target.channel && target.kind === 'discord' ? line('Channel', target.channel) : null,
        target.max_request_bytes ? line('Rate budget', target.kind === 'discord' ? `${wait}; up to ${bytes(Math.min(target.max_request_bytes, 1e15))} each` : wait) : null,
        line('If it were lost', cost(target, losses)),
        target.last_error ? line('Last error', h('span', {}, visible(target.last_error), ' ', moment(target.last_error_at))) : null));
  }

  function drawTargets(status, losses) {
    fill(targets, status.packs ? h('p', {class: status.survives_loss_of_any_target ? 'verdict well' : 'verdict'}, icon(status.survives_loss_of_any_target ? 'shield' : 'warning'),
      status.survives_loss_of_any_target ? 'The vault survives the loss of any one of these.'
      : status.packs_lost ? 'Some of your data is lost: it lay on places that are gone for good. A sync stores again what the folder still has.'
      : 'Some of your data lies in one place only. Add another place and set copies = 2 in dsync.toml.') : null,
    h('div', {class: 'target-list'}, status.targets.map(target => drawTarget(target, losses))), h('p', {}, h('a', {href: app.link('setup')}, 'Add storage')));
  }

  function drawCheck(state) {
    const running = state.state === 'running';
    const share = h('select', {id: 'share', disabled: running, onchange: event => { percentRead = Number(event.target.value); }},
      [[0, 'that everything is there'], [10, 'and read a tenth of it'], [100, 'and read all of it']].map(([value, words]) => h('option', {value, selected: value === percentRead}, words)));
    fill(check, h('h3', {}, 'Check'), h('div', {class: 'row'}, h('label', {htmlFor: 'share'}, 'Check'), share,
      running ? button('Stop', 'close', () => attempt(() => remove('/api/check'))) : button('Check now', 'check', begin)),
    running ? h('div', {class: 'progress'}, h('progress', {max: Math.max(1, state.packs), value: state.packs_checked, aria: {label: 'Progress of the check'}}), h('span', {}, `${state.packs_checked} of ${count(state.packs, 'pack')}${state.bytes_read ? `, ${bytes(state.bytes_read)} read` : ''}`)) : null,
    state.state === 'failed' ? h('p', {class: 'why'}, state.detail) : null,
    state.state === 'done' ? h('div', {class: state.errors.length ? 'verdict' : 'verdict well'}, icon(state.errors.length ? 'warning' : 'shield'),
      h('span', {}, state.errors.length ? `${count(state.errors.length, 'problem')} in ${count(state.packs_checked, 'pack')}` : `All well: ${count(state.packs_checked, 'pack')}${state.chunks_checked ? ` and ${count(state.chunks_checked, 'chunk')}` : ''} checked`, state.interrupted ? ', stopped before the end' : '', ', ', moment(state.ended))) : null,
    state.errors?.length ? h('ul', {class: 'problems'}, state.errors.slice(0, 100).map(error => h('li', {}, h('strong', {}, error.kind.replaceAll('_', ' ')), ` ${error.detail}`, error.paths.length ? h('div', {class: 'quiet-words'}, `needed by ${error.paths.map(visible).join(', ')}`) : null))) : null,
    state.errors?.length ? h('p', {class: 'quiet-words'}, 'On the command line, “dsync check --repair” puts right what other copies or the synced folder still have.') : null);
  }

  async function begin() {
    const state = await attempt(() => post('/api/check', {read_percent: percentRead}));
    if (state) drawCheck(state);
  }

  function drawWatch(state) {
    const words = {off: 'Off. Start the dashboard with --watch, and changes in the folder are stored by themselves.', on: 'Changes in the folder are stored by themselves.', paused: 'Paused. Changes in the folder wait until you go on, or sync.'}[state.watching];
    fill(watch, h('h3', {}, 'Watching'), h('p', {}, words), h('p', {class: 'id'}, state.folder),
      state.watching === 'off' ? null : button(state.watching === 'on' ? 'Pause watching' : 'Go on watching', state.watching === 'on' ? 'pause' : 'play', async () => {
        const changed = await attempt(() => post('/api/watch', {paused: state.watching === 'on'}));
        if (changed) drawWatch(changed);
      }));
  }

  async function load() {
    try {
      const [status, grown, checked, state, losses] = await Promise.all([get('/api/status'), get('/api/growth'), get('/api/check'), get('/api/state'), get('/api/losses')]);
      drawTotals(status, grown);
      drawGrowth(grown);
      drawTargets(status, losses);
      drawCheck(checked);
      drawWatch(state);
      rest.hidden = false;
    } catch (failure) {
      if (failure.status === 0 && targets.children.length) return;
      fill(totals, blank('warning', 'The figures cannot be shown', failure.message, button('Try again', 'sync', load)));
    }
  }

  const refresh = settled(load, 400, 2000);
  const off = [on('commit', refresh), on('reset', refresh), on('target', refresh), on('state', refresh),
    on('progress', step => { if (step.kind === 'check') drawCheck(step); })];
  load();
  const element = h('section', {class: 'view page', tabIndex: -1, aria: {label: 'Statistics'}}, h('h1', {}, 'Statistics'), totals, rest);
  return {element, title: 'Statistics', leave: () => off.forEach(each => each()), focus: () => element.focus()};
}

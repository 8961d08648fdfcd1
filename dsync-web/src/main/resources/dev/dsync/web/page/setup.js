// Adding storage: how to make a webhook in three steps, and each line tried out as it is pasted.

import {h, icon, button, fill} from '/page/dom.js';
import {post} from '/page/api.js';
import {attempt, note} from '/page/dialogs.js';

/** Enough to tell lines apart, nothing of the secret. */
function masked(line) {
  const webhook = line.match(/webhooks\/(\d+)\//);
  return webhook ? `Webhook …${webhook[1].slice(-5)}` : line.startsWith('file:') ? line : 'This line';
}

export function setupView(app) {
  const first = !app.state().vault && !app.state().targets_named;
  const tried = new Map();
  const found = h('ul', {class: 'tried', aria: {live: 'polite'}});
  const field = h('textarea', {id: 'lines', rows: 4, spellcheck: false, autocomplete: 'off', placeholder: 'https://discord.com/api/webhooks/…', aria: {describedby: 'lines-help'}});
  const add = button('Add', 'plus', addAll, {kind: 'main', disabled: true});

  const lines = () => [...new Set(field.value.split(/\s*\n\s*|\s+(?=https?:)/).map(line => line.trim()).filter(line => line && !line.startsWith('#')))];

  function draw() {
    const wanted = lines();
    add.disabled = !wanted.some(line => tried.get(line)?.ok);
    fill(found, wanted.map(line => {
      const result = tried.get(line);
      const [state, picture, words] = !result ? ['testing', 'sync', 'Testing…'] : result.ok ? ['well', 'check', `Works.${result.channel && result.service === 'discord' ? ` Channel ${result.channel}.` : ''}`] : ['bad', 'warning', result.why];
      return h('li', {class: state}, icon(picture), h('strong', {}, masked(line)), h('span', {}, words), shared(line, result));
    }));
  }

  function shared(line, result) {
    if (!result?.ok || result.service !== 'discord') return null;
    const twin = [...tried].some(([other, found]) => other !== line && lines().includes(other) && found.ok && found.channel === result.channel);
    return twin ? h('span', {class: 'quiet-words'}, 'Shares its channel with another: that adds no speed.') : null;
  }

  async function test() {
    draw();
    for (const line of lines()) {
      if (tried.has(line)) continue;
      let result;
      try { result = await post('/api/targets/test', {line}); } catch (failure) { result = {ok: false, why: failure.message}; }
      tried.set(line, result);
      draw();
    }
  }

  async function addAll() {
    let added = 0;
    for (const line of lines().filter(each => tried.get(each)?.ok)) {
      if (await attempt(() => post('/api/targets', {line}))) { added++; field.value = field.value.replace(line, '').trim(); }
    }
    draw();
    if (added) { note(added === 1 ? 'One storage place was added.' : `${added} storage places were added.`); sessionStorage.setItem('setup', 'later'); app.go('files'); }
  }

  let timer = 0;
  field.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(test, 300); draw(); });
  const step = (number, title, words) => h('li', {}, h('span', {class: 'number', aria: {hidden: 'true'}}, String(number)), h('div', {}, h('h2', {}, title), words));
  const element = h('section', {class: 'view page setup', tabIndex: -1, aria: {label: 'Storage'}},
    h('h1', {}, first ? 'Welcome to dsync' : 'Add storage'),
    h('p', {class: 'lead'}, 'Your files are encrypted on this machine and stored in Discord channels of yours. Until you add one, dsync stores on this computer, in the folder “storage”.'),
    h('ol', {class: 'steps'},
      step(1, 'Make a channel', h('p', {}, 'On a Discord server of your own, add a text channel for dsync. More channels make it faster.')),
      step(2, 'Make a webhook in it', h('p', {}, 'Open ', h('em', {}, 'Edit Channel → Integrations → Webhooks'), ', press ', h('em', {}, 'New Webhook'), ', then ', h('em', {}, 'Copy Webhook URL'), '.')),
      step(3, 'Paste it here', h('div', {class: 'paste'}, h('label', {htmlFor: 'lines'}, 'Webhook URLs, one a line'), field,
        h('p', {id: 'lines-help', class: 'quiet-words'}, 'Each is tried out at once with a small message that is deleted again. A webhook URL is a password: it is kept in webhooks.txt in your home and never shown here. A folder works too: file:/mnt/disk/dsync'),
        found, h('div', {class: 'row'}, add, button(first ? 'Go on with this computer’s folder' : 'Back to the files', 'folder', () => { sessionStorage.setItem('setup', 'later'); app.go('files'); }))))));
  return {element, title: 'Storage', focus: () => element.focus()};
}

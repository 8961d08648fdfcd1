// What the server tells without being asked, and whether it can be heard.

import {get} from '/page/api.js';

const listeners = new Map();
let source = null;
let connected = true;

export function on(name, listener) {
  if (!listeners.has(name)) listeners.set(name, new Set());
  listeners.get(name).add(listener);
  return () => listeners.get(name).delete(listener);
}

function tell(name, data) {
  for (const listener of listeners.get(name) ?? []) listener(data);
}

/** Begins to listen. Tells 'connection' with true or false when that changes, and 'reset' when something was missed. */
export function listen() {
  source?.close();
  source = new EventSource('/api/events');
  for (const name of ['file', 'progress', 'target', 'commit', 'activity', 'state', 'reset']) {
    source.addEventListener(name, event => tell(name, JSON.parse(event.data)));
  }
  source.onopen = () => {
    if (!connected) {
      connected = true;
      tell('connection', true);
      tell('reset', {});
    }
  };
  source.onerror = () => {
    if (connected) {
      connected = false;
      tell('connection', false);
    }
    if (source.readyState === EventSource.CLOSED) {
      // It may have been refused because the session is over; asking says so.
      get('/api/state').catch(() => {});
      setTimeout(listen, 2000);
    }
  };
}

/** Calls back once things have been quiet for a moment, and at least so often while they are not. */
export function settled(callback, quiet = 150, longest = 1000) {
  let timer = 0, since = 0;
  return () => {
    const now = Date.now();
    if (!timer) since = now;
    clearTimeout(timer);
    timer = setTimeout(() => { timer = 0; callback(); }, now - since > longest ? 0 : quiet);
  };
}

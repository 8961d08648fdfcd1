// What was done in this dashboard and those before it.

import {h, icon, button, fill} from '/page/dom.js';
import {moment, visible} from '/page/format.js';
import {get} from '/page/api.js';
import {on, settled} from '/page/events.js';
import {blank, loading} from '/page/dialogs.js';

const PICTURES = {done: 'check', note: 'list', trouble: 'warning'};

export function activityView() {
  const body = h('div', {}, loading());

  async function load() {
    try {
      const {entries} = await get('/api/activity');
      fill(body, entries.length ? h('ol', {class: 'activity'}, entries.map(entry => h('li', {class: entry.weight}, icon(PICTURES[entry.weight]), h('span', {}, visible(entry.text)), moment(entry.time))))
        : blank('list', 'Nothing happened yet', 'What is done in the dashboard is listed here, and what other programs stored meanwhile.'));
    } catch (failure) {
      if (failure.status === 0 && body.querySelector('.activity')) return;
      fill(body, blank('warning', 'The activity cannot be shown', failure.message, button('Try again', 'sync', load)));
    }
  }

  const refresh = settled(load);
  const off = [on('activity', refresh), on('reset', refresh)];
  load();
  const element = h('section', {class: 'view page', tabIndex: 0, aria: {label: 'Activity'}}, h('h1', {}, 'Activity'), body);
  return {element, title: 'Activity', leave: () => off.forEach(each => each()), focus: () => element.focus()};
}

// Dialogs, menus and short messages.

import {h, button, icon} from '/page/dom.js';

/** A dialog over the page; Escape and the cross close it, and the focus goes back where it was. */
export function dialog(title, content, {kind = '', onclose = () => {}, actions = []} = {}) {
  const before = document.activeElement;
  const heading = h('h2', {id: 'dialog-title'}, title);
  const box = h('dialog', {class: `dialog ${kind}`, aria: {labelledby: 'dialog-title'}},
    h('header', {class: 'dialog-head'}, heading, h('div', {class: 'dialog-actions'}, actions,
      button('Close', 'close', () => box.close(), {quiet: true}))),
    h('div', {class: 'dialog-body'}, content));
  box.addEventListener('close', () => {
    box.remove();
    onclose();
    if (before?.isConnected) before.focus();
  });
  box.addEventListener('click', event => { if (event.target === box) box.close(); });
  document.body.append(box);
  box.showModal();
  return {close: () => box.close(), box, retitle: words => { heading.textContent = words; }};
}

/** Asks before something is done. */
export function confirm(title, words, doIt, {danger = false} = {}) {
  return new Promise(resolve => {
    let answer = false;
    const yes = button(doIt, null, () => { answer = true; box.close(); }, {kind: danger ? 'danger' : 'main'});
    const box = dialog(title, [h('p', {}, words),
      h('div', {class: 'dialog-foot'}, button('Cancel', null, () => box.close()), yes)],
    {kind: 'small', onclose: () => resolve(answer)});
    yes.focus();
  });
}

const notes = h('div', {class: 'notes', role: 'status', aria: {live: 'polite'}});

/** A short message; one that matters stays until it is closed. */
export function note(words, {trouble = false, action = null} = {}) {
  if (!notes.isConnected) document.body.append(notes);
  const close = () => message.remove();
  const message = h('div', {class: trouble ? 'note trouble' : 'note'}, icon(trouble ? 'warning' : 'check'), h('span', {}, words),
    action ? button(action.words, null, () => { close(); action.run(); }, {kind: 'link'}) : null,
    button('Dismiss', 'close', close, {quiet: true}));
  notes.append(message);
  if (!trouble) setTimeout(close, 6000);
}

/** Does something and says it if it fails. */
export async function attempt(work) {
  try {
    return await work();
  } catch (failure) {
    note(failure.message, {trouble: true});
    return undefined;
  }
}

/** A page state that has nothing to show but words and what to do next. */
export function blank(picture, title, words, ...actions) {
  return h('div', {class: 'blank'}, h('div', {class: 'blank-picture'}, icon(picture)), h('h2', {}, title), h('p', {}, words),
    h('div', {class: 'row'}, actions));
}

export function loading(words = 'Loading…') {
  return h('div', {class: 'loading', role: 'status'}, h('div', {class: 'spinner', aria: {hidden: 'true'}}), words);
}

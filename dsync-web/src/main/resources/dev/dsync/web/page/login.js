// Asks for the password.

import {h, fill} from '/page/dom.js';
import {post} from '/page/api.js';

let asked = false;

export function login() {
  if (asked) return;
  asked = true;
  const field = h('input', {type: 'password', id: 'password', autocomplete: 'current-password', required: true});
  const why = h('p', {class: 'why', role: 'alert'});
  const form = h('form', {class: 'login', onsubmit: async event => {
    event.preventDefault();
    try {
      await post('/api/login', {password: field.value});
      location.reload();
    } catch (failure) {
      why.textContent = failure.message;
      field.select();
    }
  }}, h('img', {src: '/page/icon.svg', alt: '', width: 48, height: 48}), h('h1', {}, 'dsync'), h('label', {htmlFor: 'password'}, 'Password'), field, why, h('button', {type: 'submit', class: 'button main'}, 'Log in'));
  fill(document.getElementById('app'), h('main', {}, form));
  field.focus();
}

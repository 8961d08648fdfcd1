// Asks the server. Every failure is an ApiError with the sentence to show.

export class ApiError extends Error {
  constructor(status, error, detail) {
    super(detail);
    this.status = status;
    this.error = error;
  }
}

let loginNeeded = () => {};
export function onLoginNeeded(listener) { loginNeeded = listener; }

async function ask(method, address, body) {
  let response;
  try {
    response = await fetch(address, {method, headers: body ? {'Content-Type': 'application/json'} : {},
      body: body ? JSON.stringify(body) : undefined});
  } catch {
    throw new ApiError(0, 'offline', 'The dashboard cannot be reached. Is "dsync web" still running?');
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  if (response.status === 401 && answer.error === 'login') loginNeeded();
  throw new ApiError(response.status, answer.error ?? 'unknown', answer.detail ?? `The server answered ${response.status}.`);
}

export const get = address => ask('GET', address);
export const post = (address, body) => ask('POST', address, body);
export const remove = (address, body) => ask('DELETE', address, body);

/** An address with parameters; those that are empty are left out. */
export function address(path, parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, value);
  }
  return query.size ? `${path}?${query}` : path;
}

export const contentAddress = (entry, more = {}) => address('/api/content', {path: entry.path, ...more});

/** Lets the browser save something under the name the server gives. */
export function save(where) {
  const link = document.createElement('a');
  link.href = where;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}

/** One file as itself, anything else as a ZIP that is made while it is sent. */
export function download(entries, at) {
  if (entries.length === 1 && entries[0].kind === 'file') {
    save(contentAddress(entries[0], {download: 1, at}));
  } else if (entries.length === 1) {
    save(address('/api/archive', {path: entries[0].path, at}));
  } else {
    // In a frame of its own: the page is not left, not even for a moment in which it would ask about unfinished uploads.
    const frame = document.createElement('iframe');
    frame.hidden = true;
    frame.name = 'archive';
    frame.title = 'Download';
    document.querySelector('iframe[name=archive]')?.remove();
    document.body.append(frame);
    const form = document.createElement('form');
    form.method = 'post';
    form.target = frame.name;
    form.action = address('/api/archive', {at});
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = 'paths';
    field.value = JSON.stringify(entries.map(entry => entry.path));
    form.append(field);
    document.body.append(form);
    form.submit();
    form.remove();
  }
}

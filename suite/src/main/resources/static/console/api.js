// Talks to the applications. The sign-in cookie travels by itself; every write also carries the CSRF proof.

/** A problem of the contract (RFC 9457) or, with code UNREACHABLE, no answer at all. */
export class Problem extends Error {
  constructor(problem) {
    super(problem.detail ?? problem.title ?? 'No answer.');
    this.code = problem.code;
    this.title = problem.title;
    this.status = problem.status;
    this.errors = problem.errors ?? [];
  }
}

let whenSignedOut = () => {};
export const onSignedOut = listener => { whenSignedOut = listener; };

const csrf = () => document.cookie.split('; ').find(cookie => cookie.startsWith('XSRF-TOKEN='))?.slice('XSRF-TOKEN='.length);

export async function call(method, path, { body, headers = {} } = {}) {
  const init = { method, credentials: 'same-origin', headers: { Accept: 'application/json, application/problem+json', ...headers } };
  if (body instanceof Blob || body instanceof FormData) init.body = body;
  else if (body !== undefined) {
    init.headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(body);
  }
  if (method !== 'GET' && csrf()) init.headers['X-XSRF-TOKEN'] = csrf();
  let response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new Problem({ code: 'UNREACHABLE', title: 'No answer', detail: 'The suite does not answer. Is it still running?' });
  }
  const text = await response.text();
  let json = null;
  if (text && (response.headers.get('Content-Type') ?? '').includes('json')) json = JSON.parse(text);
  if (response.ok) return json ?? (text || null);
  const problem = new Problem(json ?? { code: 'INTERNAL_ERROR', status: response.status, title: 'Wrong answer', detail: `The server answered ${response.status}.` });
  if (response.status === 401 && !path.endsWith('/sign-in')) whenSignedOut(problem);
  throw problem;
}

const asked = (path, query) => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
};
export const get = (path, query = {}) => call('GET', asked(path, query));
export const getText = (path, query = {}) => call('GET', asked(path, query), { headers: { Accept: 'text/plain, application/problem+json;q=0.9' } });
export const post = (path, body, headers) => call('POST', path, { body, headers });

/** All pages of a list, up to as many items as a screen can be asked to hold. */
export async function all(path, query = {}, most = 5000) {
  const items = [];
  let cursor;
  do {
    const page = await get(path, { limit: 1000, ...query, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor && items.length < most);
  return items;
}

/** A key for one intent; kept until the intent is answered, so that a repeated click is not a second order. */
export function idempotencyKey() {
  const random = crypto.getRandomValues(new Uint8Array(12));
  return 'console-' + [...random].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

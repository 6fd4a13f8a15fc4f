// The label pages that no parcel could be found for, each with its picture; a person says whose they are.
//
// GET /api/v1/labels/unmatched {count, pages [page]}; a page's picture at page.picture (PNG, 409: it has none);
// POST /api/v1/labels/pages/{id}/bind {parcel, by, reason} and .../discard {by, reason};
// POST /api/v1/labels (bytes) -> {id}; GET /api/v1/labels/{id} {state, pages, fault, found [page]}.
import { byId, make } from './dom.js';
import { language } from './words.js';
import { words } from './label_words.js';

const pause_ms = 3000, patience_ms = 20000, longest_reading_ms = 1800000;

document.documentElement.lang = language;
for (const element of document.querySelectorAll('[data-word]')) element.textContent = words[element.dataset.word];
byId('home').href = `/${location.search}`;

// As on the dashboard: from the fragment, kept in this tab.
const given = new URLSearchParams(location.hash.slice(1)).get('token');
if (given) {
  sessionStorage.setItem('token', given);
  history.replaceState(null, '', location.pathname + location.search);
}
const token = sessionStorage.getItem('token');

const you = byId('you');
you.value = localStorage.getItem('you') ?? '';
you.addEventListener('change', () => localStorage.setItem('you', you.value.trim()));

function call(path, options = {}) {
  const headers = { ...options.headers };
  if (token) headers.Authorization = `Bearer ${token}`;
  return fetch(path, { signal: AbortSignal.timeout(patience_ms), cache: 'no-store', ...options, headers });
}

const said = async answer => {
  const body = await answer.json();
  return body.text ?? body.detail ?? body.title;
};

function notice(text) {
  byId('notice').hidden = !text;
  byId('notice').textContent = text;
}

// Pictures are drawn anew by the server, so they are asked for one at a time and only when looked at.
const shown = new Map();  // page id -> its element
const wanted = [];
let drawing = false;
async function drawNext() {
  if (drawing || wanted.length === 0) return;
  drawing = true;
  const { path, place } = wanted.shift();
  try {
    const answer = place.isConnected ? await call(path) : null;
    if (answer?.ok) {
      const image = make('img'), link = make('a');
      image.alt = words.open;
      image.src = link.href = URL.createObjectURL(await answer.blob());
      link.target = '_blank';
      link.append(image);
      place.replaceChildren(link);
    } else if (answer) place.textContent = answer.status === 409 ? await said(answer) : words.noPicture;
  } catch {
    place.textContent = words.noPicture;
  }
  drawing = false;
  drawNext();
}
const looker = new IntersectionObserver(entries => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    looker.unobserve(target);
    wanted.push({ path: target.dataset.path, place: target });
  }
  drawNext();
}, { rootMargin: '200px' });

async function settle(page, form, act) {
  const answer = form.querySelector('.answer');
  const parcel = form.elements.parcel.value.trim(), reason = form.elements.reason.value.trim(), by = you.value.trim();
  const missing = !by ? words.needName : act === 'bind' && !parcel ? words.needParcel : !reason ? words.needReason : '';
  answer.textContent = missing;
  if (missing) return;
  try {
    const reply = await call(`/api/v1/labels/pages/${page.id}/${act}`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(act === 'bind' ? { parcel, by, reason } : { by, reason }),
    });
    answer.textContent = await said(reply);
    if (reply.ok) setTimeout(refresh, 1500);
  } catch {
    answer.textContent = words.silent;
  }
}

function field(name, text) {
  const input = make('input');
  input.name = name;
  input.placeholder = input.ariaLabel = text;
  input.maxLength = 200;
  input.autocomplete = 'off';
  return input;
}

function card(page) {
  const article = make('article', undefined, 'page'), what = make('div'), head = make('h3'), codes = make('ul');
  const picture = make('div', '…', 'picture');
  picture.dataset.path = page.picture;
  head.append(make('span', words.states[page.state] ?? page.state, 'tag warn'), words.where(page.file, page.page, page.member));
  what.append(head, make('p', words.toDo[page.state] ?? ''), make('p', page.reason || page.fault, 'mono'));
  for (const code of page.codes) {
    const item = make('li');
    item.append(make('span', code.text, 'mono'), ` ${code.format}`);
    if (!code.survives_growth) item.append(': ', words.grows(code.dots_per_module));
    codes.append(item);
  }
  const form = make('form'), bind = make('button', words.bind), discard = make('button', words.discard);
  discard.type = 'button';
  form.append(field('parcel', words.parcel), field('reason', words.reason), bind, discard, make('p', '', 'answer'));
  form.addEventListener('submit', event => { event.preventDefault(); settle(page, form, 'bind'); });
  discard.addEventListener('click', () => settle(page, form, 'discard'));
  what.append(codes, form);
  article.append(picture, what);
  looker.observe(picture);
  return article;
}

// Cards that are still listed stay as they are, with what was typed into them.
function draw({ count, pages }) {
  byId('count').textContent = words.shown(pages.length, count);
  const body = document.querySelector('#list .body');
  const listed = new Set(pages.map(page => page.id));
  for (const [id, { element }] of shown) {
    if (listed.has(id)) continue;
    const image = element.querySelector('img');
    if (image) URL.revokeObjectURL(image.src);
    element.remove();
    shown.delete(id);
  }
  for (const page of pages) {
    if (shown.get(page.id)?.state === page.state) continue;
    const element = card(page), before = shown.get(page.id)?.element;
    before ? before.replaceWith(element) : body.append(element);
    shown.set(page.id, { element, state: page.state });
  }
  const empty = body.querySelector('.empty');
  if (pages.length === 0 && !empty) body.append(make('p', words.none, 'empty'));
  else if (pages.length > 0) empty?.remove();
}

async function refresh() {
  try {
    const answer = await call('/api/v1/labels/unmatched');
    if (answer.ok) draw(await answer.json());
    notice(answer.ok ? '' : answer.status === 401 ? words.token : words.silent);
  } catch {
    notice(words.silent);
  }
}

const status = document.querySelector('#bring [role=status]');
const pause = () => new Promise(resolve => { setTimeout(resolve, 1000); });

async function bring(file) {
  status.textContent = words.sending(file.name);
  const query = new URLSearchParams({ name: file.name, by: you.value.trim() });
  const kept = await call(`/api/v1/labels?${query}`, {
    method: 'POST', body: file, headers: { 'Content-Type': 'application/octet-stream' }, signal: AbortSignal.timeout(120000),
  });
  if (!kept.ok) return words.refusedFile(file.name, await said(kept));
  const { result } = await kept.json();
  for (const until = Date.now() + longest_reading_ms; Date.now() < until; await pause()) {
    const answer = await call(result);
    const now = answer.ok ? await answer.json() : { state: 'reading', found: [] };
    status.textContent = words.reading(file.name, now.found.length);
    if (now.state === 'refused') return words.refusedFile(file.name, now.fault);
    if (now.state === 'read')
      return words.read(file.name, now.pages, now.found.filter(page => page.state === 'bound').length);
  }
  return words.refusedFile(file.name, words.silent);
}

document.querySelector('#bring form').addEventListener('submit', async event => {
  event.preventDefault();
  const form = event.target, ends = [];
  const button = form.querySelector('button');
  button.disabled = true;
  for (const file of form.querySelector('input').files)
    ends.push(await bring(file).catch(() => words.refusedFile(file.name, words.silent)));
  status.textContent = ends.join(' · ');
  button.disabled = false;
  form.reset();
  refresh();
});

refresh();
setInterval(() => { if (!document.hidden) refresh(); }, pause_ms);

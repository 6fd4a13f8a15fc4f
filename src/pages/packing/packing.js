// What the order open at this bench goes into, step by step. It follows the bench by itself; old news never looks live.
//
// GET /api/v1/stations {stations [{station, kind, stage, order}]}
// GET /api/v1/stations/{station}/packing?language= with an ETag, asked each second:
//   {station, stage: idle|items|weighing|label, order {channel, shop, external_id} or null, lines [{sku, name, wanted, packed}],
//    packing {shipping {courier, service} or null, cartons [{carton, name, outer_mm, empty_permille, items [{sku, name, step, layer, at_mm, size_mm, fragile, upright, flat}]}]} or null,
//    none_because {code, text} or null}
// GET /api/v1/orders/{order}/packing.svg?channel=&shop=&carton=1&step=1&view=corner|above
import { byId, make } from './dom.js';
import { call, follow, heard } from './live.js';
import { language } from './words.js';
import { words } from './packing_words.js';

const station = new URLSearchParams(location.search).get('station');

let etag = null, told = null;
let flat = [], at = 0, shape = '';   // every step of every carton, and the one shown
const pictures = new Map();          // path -> promise of an object URL

document.documentElement.lang = language;
for (const element of document.querySelectorAll('[data-word]')) element.textContent = words[element.dataset.word];
byId('station').textContent = station ?? '';

function say(title, more, parts = [], warn = false) {
  document.body.dataset.view = 'say';
  byId('say').classList.toggle('warn', warn);
  byId('say-title').textContent = title;
  byId('say-more').textContent = more;
  byId('say-list').replaceChildren(...parts);
}

// ---- the steps

function stepsOf(packing) {
  const steps = [];
  packing.cartons.forEach((carton, c) => {
    for (const item of carton.items) {
      const last = steps.at(-1);
      if (last && last.carton === c && last.step === item.step) last.count += 1;
      else steps.push({ carton: c, step: item.step, count: 1, item });
    }
  });
  return steps;
}

function picturePath(order, step, view) {
  const query = new URLSearchParams({ channel: order.channel, shop: order.shop, carton: step.carton + 1, step: step.step, view });
  return `/api/v1/orders/${encodeURIComponent(order.external_id)}/packing.svg?${query}`;
}

function picture(path) {
  if (!pictures.has(path)) {
    const load = async () => {
      const answer = await call(path);
      if (!answer.ok) throw new Error(answer.status);
      return URL.createObjectURL(await answer.blob());
    };
    const coming = load();
    coming.catch(() => pictures.delete(path));
    pictures.set(path, coming);
  }
  return pictures.get(path);
}

function forgetPictures() {
  for (const coming of pictures.values()) coming.then(URL.revokeObjectURL, () => {});
  pictures.clear();
}

// A picture of another step is never left standing beside new words.
async function show(place, path, alt) {
  const image = place.firstElementChild;
  if (place.dataset.path === path && !image.hidden) return;
  place.dataset.path = path;
  image.hidden = true;
  delete place.dataset.fault;
  try {
    const url = await picture(path);
    if (place.dataset.path !== path) return;
    image.src = url;
    image.alt = alt;
    image.hidden = false;
  } catch {
    if (place.dataset.path === path) place.dataset.fault = words.noPicture;
  }
}

const times = sides => sides.join(' × ');

function sign(text, kind) {
  return make('span', text, `tag ${kind}`);
}

function drawStep() {
  const step = flat[at], { item } = step, cartons = told.packing.cartons, carton = cartons[step.carton];
  const here = flat.filter(each => each.carton === step.carton).length;
  byId('which').textContent = cartons.length > 1 ? `${words.which(step.carton + 1, cartons.length)}, ` : '';
  byId('carton').textContent = carton.name;
  byId('code').textContent = carton.carton;
  byId('size').textContent = `${times(carton.outer_mm)} mm`;
  const ships = told.packing.shipping;   // what it goes with when packed like this
  byId('ships').textContent = ships ? `${ships.courier} ${ships.service}` : '';
  byId('empty').textContent = words.empty(Math.round(carton.empty_permille / 10));
  byId('number').textContent = words.number(step.step, here);
  byId('layer').textContent = words.layer(item.layer, item.at_mm[2]);
  byId('what').textContent = `${step.count} × ${item.name}`;
  byId('what').className = byId('what').textContent.length > 34 ? 'long' : '';
  byId('sku').firstElementChild.textContent = item.sku;
  byId('turned').textContent = words.turned(times(item.size_mm));
  byId('signs').replaceChildren(...[item.fragile && sign(words.fragile, 'warn'), item.upright && sign(words.upright, 'fine'),
    item.flat && sign(words.flat, 'fine')].filter(Boolean));
  byId('back').disabled = at === 0;
  byId('next').disabled = at === flat.length - 1;
  byId('next').textContent = at + 1 < flat.length && flat[at + 1].carton !== step.carton ? words.nextCarton : words.next;
  document.querySelectorAll('#steps ol button').forEach((button, i) => {
    button.className = i === at ? 'now' : i < at ? 'past' : '';
    if (i === at) {
      button.ariaCurrent = 'step';
      button.scrollIntoView({ block: 'nearest' });
    } else button.removeAttribute('aria-current');
  });
  for (const view of ['corner', 'above']) {
    show(byId(view), picturePath(told.order, step, view), words[view](step.step));
    if (at + 1 < flat.length) picture(picturePath(told.order, flat[at + 1], view)).catch(() => {});
  }
}

function go(to) {
  if (document.body.dataset.view !== 'pack' || to < 0 || to >= flat.length || to === at) return;
  at = to;
  drawStep();
}

function drawList() {
  const rows = [];
  flat.forEach((step, i) => {
    const cartons = told.packing.cartons;
    if (cartons.length > 1 && step.carton !== flat[i - 1]?.carton)
      rows.push(make('li', `${words.which(step.carton + 1, cartons.length)}: ${cartons[step.carton].name}`, 'box'));
    const row = make('li'), button = make('button');
    button.append(make('b', step.step), make('span', `${step.count} × ${step.item.name}`));
    button.addEventListener('click', () => { go(i); button.blur(); });
    row.append(button);
    rows.push(row);
  });
  document.querySelector('#steps ol').replaceChildren(...rows);
}

function linesTable() {
  const table = make('table');
  for (const line of told.lines) {
    const row = make('tr');
    row.append(make('td', `${line.packed} / ${line.wanted}`, 'nowrap'), make('td', line.name), make('td', line.sku, 'mono'));
    table.append(row);
  }
  return table;
}

// ---- the bench

function draw(fresh) {
  told = fresh;
  const sum = name => fresh.lines.reduce((all, line) => all + line[name], 0);
  byId('order').textContent = fresh.order?.external_id ?? '';
  byId('scanned').textContent = words.scanned(sum('packed'), sum('wanted'));
  byId('bar').textContent = words.stages[fresh.stage];
  const now = JSON.stringify([fresh.order, fresh.packing?.cartons]);
  if (now !== shape) {
    shape = now;
    at = 0;
    forgetPictures();
    for (const view of ['corner', 'above']) delete byId(view).dataset.path;
    flat = fresh.packing ? stepsOf(fresh.packing) : [];
    if (fresh.packing) drawList();
  }
  if (!fresh.order) return say(words.idle, words.idleMore(fresh.station));
  if (!fresh.packing) return say(words.none, fresh.none_because?.text ?? '', [linesTable()], true);
  document.body.dataset.view = 'pack';
  drawStep();
}

async function choose() {
  const answer = await call('/api/v1/stations');
  if (answer.status === 401) return 'token';
  if (!answer.ok) return 'silent';
  const benches = (await answer.json()).stations.filter(each => each.kind === 'bench');
  say(words.choose, words.chooseMore, benches.map(each => {
    const link = make('a', each.station), query = new URLSearchParams(location.search);
    query.set('station', each.station);
    link.href = `/packing?${query}`;
    return link;
  }));
  heard();
  told = {};
  return null;
}

async function ask() {
  if (!station) return choose();
  const answer = await call(`/api/v1/stations/${encodeURIComponent(station)}/packing?language=${language}`, etag ? { 'If-None-Match': etag } : {});
  if (answer.status === 401) return 'token';
  if (answer.status === 404) {
    say(words.unknown, (await answer.json()).detail, [], true);
    told = {};
    etag = null;
  } else if (answer.status !== 304) {
    if (!answer.ok) return 'silent';
    draw(await answer.json());
    etag = answer.headers.get('ETag');
  }
  heard();
  return null;
}

// No letter or digit steps: a scanner that types would press it.
const keys = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
document.addEventListener('keydown', event => {
  if (!keys[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  go(at + keys[event.key]);
});
// Focus goes at once: the Enter of a scanner that types must press nothing.
for (const [id, by] of [['back', -1], ['next', 1]])
  byId(id).addEventListener('click', () => { go(at + by); byId(id).blur(); });

async function stayAwake() {
  try { await navigator.wakeLock?.request('screen'); } catch { /* the screen may sleep then */ }
}
document.addEventListener('visibilitychange', () => { if (!document.hidden) stayAwake(); });
stayAwake();
follow(ask, words);

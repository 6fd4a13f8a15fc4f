// Puts a status into the page. All text goes in as text, never as markup.
import { byId, make, nowrap, table, word } from './dom.js';
import { alarms, couriers, devices, lines } from './machines.js';
import { clock, number, span, words } from './words.js';

const rows_shown = 8;

// level: '' or 'warn' or 'err'; the shape says it too.
function tile(id, { title, value, unit, sub, level = '' }) {
  const section = byId(id);
  section.className = section.className.replace(/ (warn|err)/g, '') + (level && ` ${level}`);
  const head = make('h2', title);
  if (level) head.append(make('span', '', `tag ${level}`));
  const figure = make('div', value, 'number');
  if (unit) figure.append(make('small', unit));
  section.replaceChildren(head, figure, make('div', sub, 'sub'));
}

function tiles(s) {
  const { orders, parcels, effects, wrong_scans: wrong } = s;
  const mostLate = Math.max(0, ...orders.late_list.map(row => row.late_s));
  tile('late', { title: words.late, value: number(orders.late), level: orders.late ? 'err' : '',
    sub: orders.late ? words.lateOldest(span(mostLate)) : words.lateNone });
  const states = Object.entries(orders.by_state).filter(([, n]) => n > 0);
  tile('open', { title: words.open, value: number(orders.open),
    sub: states.map(([state, n]) => `${number(n)} ${word(words.states, state)}`).join(', ') });
  tile('packed', { title: words.packed, value: number(parcels.packed_today),
    unit: words.perHour(number(parcels.per_hour)), sub: words.shipped(number(parcels.shipped_today)) });
  tile('unknown', { title: words.unknown, value: number(effects.unknown), level: effects.unknown ? 'err' : '',
    sub: effects.unknown ? words.unknownSub : words.unknownNone });

  const down = s.devices.filter(d => !d.up);
  const worst = [...down].sort((a, b) => b.age_s - a.age_s)[0];
  tile('devices-up', { title: words.devicesUp, value: number(s.devices.length - down.length), unit: `/ ${number(s.devices.length)}`,
    level: worst ? 'warn' : '', sub: worst ? `${worst.name}: ${word(words.deviceStates, worst.state)}` : s.devices.length ? words.allUp : words.devicesNone });
  const sync = s.sync.orderdb;
  const [age, unit] = span(sync.waiting ? sync.oldest_s : 0).split(' ');
  const queue = sync.waiting ? words.waiting(number(sync.waiting)) : words.synced;
  tile('unsynced', { title: words.unsynced, value: age, unit, level: sync.up ? '' : 'warn',
    sub: sync.up ? queue : `${words.syncDown}: ${sync.last_error || queue}` });
  const held = s.holds[0];
  tile('holds', { title: words.holds, value: number(s.holds.length), level: held ? 'warn' : '',
    sub: held ? `${held.order}: ${held.reason}` : words.holdsNone });
  tile('wrong', { title: words.wrong, value: number(wrong.per_1000, 1), sub: words.wrongSub(number(wrong.today)) });
}

function ordersTable({ late_list: late, oldest }) {
  const key = row => `${row.channel}\n${row.shop}\n${row.order}`;
  const seen = new Set(late.map(key));
  const all = [...late, ...oldest.filter(row => !seen.has(key(row)))];
  const rows = all.slice(0, rows_shown).map(row => {
    const due = [row.ship_by ? clock(row.ship_by) : ''];
    if (row.late_s > 0) due.push(' ', make('span', words.lateBy(span(row.late_s)), 'tag err'));
    const order = make('span', row.order, 'mono');
    return [[order, make('small', `${row.channel}, ${row.shop}`)], word(words.states, row.state), due, row.why, word(words.roles, row.who)];
  });
  table('orders', [[words.order], [words.state, nowrap], [words.shipBy], [words.why], [words.who, nowrap]], rows, words.ordersNone);
  if (all.length > rows_shown) document.querySelector('#orders .body').append(make('p', words.more(number(all.length - rows_shown)), 'empty'));
}

function sign(name, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

function curve(series) {
  const width = 700, height = 250, left = 58, right = 20, top = 14, bottom = 34;
  const most = Math.max(4, ...series.map(p => p.n));
  const unit = 10 ** Math.floor(Math.log10(most / 4));
  const step = [1, 2, 2.5, 5, 10].map(k => k * unit).find(k => k * 4 >= most && Number.isInteger(k)) ?? 10 * unit;
  const x = i => left + (series.length > 1 ? i / (series.length - 1) : 1) * (width - left - right);
  const y = n => height - bottom - n / (step * 4) * (height - top - bottom);
  const picture = sign('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': words.rate, 'font-size': 19 });
  for (let k = 0; k <= 4; ++k) {
    picture.append(sign('path', { class: 'grid', d: `M${left} ${y(k * step)}H${width - right}` }),
      sign('text', { x: left - 10, y: y(k * step) + 6, 'text-anchor': 'end' }, number(k * step)));
  }
  const every = Math.ceil(series.length / 8);
  series.forEach((p, i) => {
    if (i % every === 0) picture.append(sign('text', { x: x(i), y: height - 6, 'text-anchor': 'middle' }, p.t.slice(0, 2)));
  });
  picture.append(sign('path', { class: 'curve', d: 'M' + series.map((p, i) => `${x(i)} ${y(p.n)}`).join('L') }));
  const last = series.length - 1;
  picture.append(sign('circle', { class: 'dot', cx: x(last), cy: y(series[last].n), r: 7 }));
  return picture;
}

function rate(series) {
  const place = document.querySelector('#rate .body');
  if (series.length === 0) return place.replaceChildren(make('p', words.rateNone, 'empty'));
  const twin = place.querySelector('details') ?? make('details');  // kept, so that it stays open
  const list = make('table');
  const head = make('tr');
  head.append(make('th', words.hour), make('th', words.parcels));
  list.append(head);
  for (const point of series) {
    const row = make('tr');
    row.append(make('td', point.t), make('td', number(point.n)));
    list.append(row);
  }
  if (!twin.firstChild) twin.append(make('summary', words.asTable));
  twin.replaceChildren(twin.firstChild, list);
  const chart = curve(series);
  if (!twin.isConnected) return place.replaceChildren(chart, twin);
  place.firstChild.replaceWith(chart);
}

function doubt(list) {
  const rows = list.map(e => [[word(words.acts, e.kind), make('small', `${e.device}, ${e.id}`)], make('span', e.parcel, 'mono'), span(e.since_s)]);
  table('doubt', [[words.act], [words.parcel], [words.since, nowrap]], rows, words.doubtNone);
}

// Parcels set aside whose label nobody has seen: shown only while there are any.
function owed({ owed: total, owed_list: list }) {
  document.getElementById('owed').hidden = total === 0;
  const rows = list.map(each => [[make('span', each.parcel || '–', 'mono'), make('small', each.order)], each.station, each.why, span(each.since_s)]);
  table('owed', [[words.parcel], [words.owedAt, nowrap], [words.why], [words.since, nowrap]], rows, words.doubtNone);
}

// Before the first answer: what will stand where, and no number that could be taken for one.
export function drawBlank() {
  const titles = { late: 'late', open: 'open', packed: 'packed', unknown: 'unknown', 'devices-up': 'devicesUp', unsynced: 'unsynced', holds: 'holds', wrong: 'wrong' };
  for (const [id, title] of Object.entries(titles)) tile(id, { title: words[title], value: '–', sub: '' });
}

export function draw(s) {
  byId('site').textContent = s.site;
  document.title = `${s.site}, Kemas`;
  tiles(s);
  ordersTable(s.orders);
  rate(s.parcels.per_hour_series);
  alarms(s.alarms.raised);
  lines(s.lines);
  couriers(s.couriers);
  devices(s.devices);
  doubt(s.effects.unknown_list);
  owed(s.labels);
  const notice = byId('notice');
  notice.hidden = s.ledger.state === 'ready';
  notice.textContent = s.ledger.state === 'fault' ? words.ledgerFault : words.ledgerDegraded;
  const { p50, p99 } = s.latency_ms.confirm;
  const labels = make('a', words.labels(number(s.labels.missing), number(s.labels.unmatched_pages)));
  labels.href = `/labels${location.search}`;
  const foot = [words.foot(word(words.ledger, s.ledger.state), number(s.ledger.seq), number(s.ledger.verified.percent)),
    words.confirm(number(p50, 1), number(p99, 1)), words.inbox(number(s.inbox.depth)),
    labels, `Kemas ${s.version}`];
  byId('foot').replaceChildren(...foot.flatMap((part, i) => i ? [' · ', part] : [part]));
}

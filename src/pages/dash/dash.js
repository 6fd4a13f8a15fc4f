// The dashboard: asks /status each second and never lets old numbers look live.
//
// GET /status, JSON with an ETag. The server makes a new snapshot at most every 500 ms when something
// changed, and at least every 2 s even when nothing did: `now_ms` is when the books were read, so its age
// proves that the ledger still turns. Times are UTC, but per_hour_series names hours of the site's own zone.
// Lists hold at most 50 rows.
//   site, version, now, now_ms, snapshot_no
//   ledger   {state: ready|degraded|fault, seq, verified {done, percent}}
//   orders   {by_state {released: 12, ...}, open, late, oldest [row], late_list [row]}
//            row {order, channel, shop, state, ship_by, age_s, late_s, why, who}
//   parcels  {packed_today, per_hour, shipped_today, per_hour_series [{t: "13:00", n}]}
//   devices  [{name, kind, up, state, age_s (-1: never heard), error, alarm}]
//   alarms   {raised [{device, kind, what, text, since}], cleared}
//   lines    [{name, state, distrust, last_reject, lanes [{name, open, full, down}], feeds (not shown), on_belt, in_lanes, rejected, unknown}]
//   effects  {planned, started, unknown, unknown_list [{id, kind, parcel, device, since_s}]}
//   labels   {missing, missing_by: [{channel, why, parcels}], unmatched_pages, unread_files, owed, owed_list [{parcel, order, station, printer, why, since_s}]}
//   inbox    {depth}
//   sync     {orderdb {up, waiting, oldest_s, last_error}}
//   latency_ms {confirm {p50, p95, p99}}
//   wrong_scans {per_1000, today}
//   holds    [{order, reason, who}]
// A sample: tests/web/status_sample.json.
import { clock, language, words } from './words.js';
import { draw, drawBlank } from './draw.js';

const old_s = 5, stale_s = 15, patience_ms = 4000, pause_ms = 1000;
const byId = id => document.getElementById(id);

let etag = null;
let status = null;         // the last answer
let answeredAt = 0;        // performance.now() of the last good answer
let ageThen_ms = 0;        // how old the books already were in it
let trouble = null;        // null, 'silent' or 'token'
let polling = false;
let freshness = 'loading';

document.documentElement.lang = language;
for (const element of document.querySelectorAll('[data-word]')) element.textContent = words[element.dataset.word];
byId('age-words').textContent = words.connecting;
drawBlank();

// The token comes in the fragment, which no server ever sees, and stays in this tab.
const given = new URLSearchParams(location.hash.slice(1)).get('token');
if (given) {
  sessionStorage.setItem('token', given);
  history.replaceState(null, '', location.pathname + location.search);
}
const token = sessionStorage.getItem('token');

async function ask() {
  const headers = {};
  if (etag) headers['If-None-Match'] = etag;
  if (token) headers.Authorization = `Bearer ${token}`;
  const answer = await fetch('/status', { headers, cache: 'no-store', signal: AbortSignal.timeout(patience_ms) });
  if (answer.status === 401) return 'token';
  if (answer.status !== 304 && !answer.ok) return 'silent';
  const fresh = answer.status === 304 ? null : await answer.json();
  if (fresh) {
    draw(fresh);
    status = fresh;
    etag = answer.headers.get('ETag');
  }
  // The server's own clock tells the age of its snapshot; this machine's clock may be wrong.
  const served_ms = Date.parse(answer.headers.get('Date'));
  ageThen_ms = Number.isNaN(served_ms) ? 0 : Math.max(0, served_ms - status.now_ms);
  answeredAt = performance.now();
  return null;
}

async function poll() {
  if (polling || document.hidden) return;
  polling = true;
  try {
    trouble = await ask();
  } catch (error) {
    console.warn('status', error);
    trouble = 'silent';
  }
  polling = false;
  showAge();
  setTimeout(poll, pause_ms);
}

function judge() {
  if (!status) {
    if (!trouble) return ['loading', words.connecting];
    return ['stale', trouble === 'token' ? words.token : words.never];
  }
  const age_ms = ageThen_ms + performance.now() - answeredAt;
  const age_s = Math.floor(age_ms / 1000);
  if (age_s >= stale_s || trouble === 'token') {
    const from = clock(status.now_ms, true);
    return ['stale', trouble === 'token' ? words.token : words.stale(`${age_s} ${words.s}`, from)];
  }
  if (trouble) return ['old', words.noAnswer(age_s)];
  return age_s >= old_s ? ['old', words.old(age_s)] : ['live', words.live(age_s)];
}

function showAge() {
  const [now, text] = judge();
  byId('age-words').textContent = text;
  byId('clock').textContent = clock(Date.now());
  document.body.dataset.freshness = now;
  if (now !== freshness) byId('alert').textContent = now === 'stale' ? text : '';
  freshness = now;
}

setInterval(showAge, 250);
document.addEventListener('visibilitychange', () => { showAge(); poll(); });
poll();

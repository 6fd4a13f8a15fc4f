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
//   labels   {missing, missing_by: [{channel, why, parcels}], unmatched_pages, unread_files, owed, owed_list [{parcel, order, station, printer, why, since_s}],
//            broken_runs [{run, station, printer, by, labels, printed, why, question, since_s}]}
//   inbox    {depth}
//   sync     {orderdb {up, waiting, oldest_s, last_error}}
//   latency_ms {confirm {p50, p95, p99}}
//   wrong_scans {per_1000, today}
//   holds    [{order, reason, who}]
// A sample: tests/web/status_sample.json.
import { draw, drawBlank } from './draw.js';
import { call, follow, heard } from './live.js';
import { clock, language, words } from './words.js';

let etag = null;
let status = null;  // the last answer

document.documentElement.lang = language;
for (const element of document.querySelectorAll('[data-word]')) element.textContent = words[element.dataset.word];
drawBlank();

async function ask() {
  const answer = await call('/status', etag ? { 'If-None-Match': etag } : {});
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
  heard(Number.isNaN(served_ms) ? 0 : Math.max(0, served_ms - status.now_ms));
  return null;
}

follow(ask, words, age_s => words.stale(`${age_s} ${words.s}`, clock(status.now_ms, true)));

// Asks again and again, and never lets old news look live: what is old, or was not answered, says so in #age, in
// #alert once it is stale, and on the body for the colours. Knows no page and no route.
import { byId } from './dom.js';
import { clock } from './words.js';

const old_s = 5, stale_s = 15, patience_ms = 4000, pause_ms = 1000;

// The token comes in the fragment, which no server ever sees, and stays in this tab.
const given = new URLSearchParams(location.hash.slice(1)).get('token');
if (given) {
  sessionStorage.setItem('token', given);
  history.replaceState(null, '', location.pathname + location.search);
}
const token = sessionStorage.getItem('token');

export function call(path, headers = {}) {
  if (token) headers.Authorization = `Bearer ${token}`;
  return fetch(path, { headers, cache: 'no-store', signal: AbortSignal.timeout(patience_ms) });
}

let known = false;         // there is an answer to show
let answeredAt = 0;        // performance.now() of the last good one
let ageThen_ms = 0;        // how old its news were already
let trouble = null;        // null, 'silent' or 'token'
let polling = false;
let freshness = 'loading';

// A good answer came, whose news were so old then.
export function heard(age_ms = 0) {
  known = true;
  answeredAt = performance.now();
  ageThen_ms = age_ms;
}

function judge(words, stale) {
  if (!known) {
    if (!trouble) return ['loading', words.connecting];
    return ['stale', trouble === 'token' ? words.token : words.never];
  }
  const age_s = Math.floor((ageThen_ms + performance.now() - answeredAt) / 1000);
  if (trouble === 'token') return ['stale', words.token];
  if (age_s >= stale_s) return ['stale', stale(age_s)];
  if (trouble) return ['old', words.noAnswer(age_s)];
  return age_s >= old_s ? ['old', words.old(age_s)] : ['live', words.live(age_s)];
}

// ask(): one question; resolves to what troubles it, 'token' or 'silent', or to null after heard(). stale(age_s) says
// that the news are too old to act on.
export function follow(ask, words, stale = words.stale) {
  const showAge = () => {
    const [now, text] = judge(words, stale);
    byId('age-words').textContent = text;
    byId('clock').textContent = clock(Date.now());
    document.body.dataset.freshness = now;
    if (now !== freshness) byId('alert').textContent = now === 'stale' ? text : '';
    freshness = now;
  };
  const poll = async () => {
    if (polling || document.hidden) return;
    polling = true;
    try {
      trouble = await ask();
    } catch (error) {
      console.warn(location.pathname, error);
      trouble = 'silent';
    }
    polling = false;
    showAge();
    setTimeout(poll, pause_ms);
  };
  byId('age-words').textContent = words.connecting;
  document.addEventListener('visibilitychange', () => { showAge(); poll(); });
  setInterval(showAge, 250);
  poll();
}

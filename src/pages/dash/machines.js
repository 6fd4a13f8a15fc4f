// What the building's machines and its couriers' services say: alarms, conveyor lines, couriers, devices.
import { byId, make, nowrap, table, word } from './dom.js';
import { clock, number, span, words } from './words.js';

const devices_shown = 50;

// A section that has nothing to say takes no room.
function show(id, list) {
  byId(id).hidden = list.length === 0;
  return list.length > 0;
}

export function alarms(raised) {
  if (!show('alarms', raised)) return;
  const rows = raised.map(a => [
    [a.device, make('small', word(words.kinds, a.kind))],
    make('span', word(words.deviceStates, a.what), a.what === 'attention' ? 'tag warn' : 'tag err'), a.text, clock(a.since)]);
  table('alarms', [[words.device, nowrap], [words.alarm, nowrap], [words.toDo], [words.since, nowrap]], rows, '');
}

function laneSign(lane) {
  const state = lane.down ? 'laneDown' : !lane.open ? 'laneShut' : lane.full ? 'laneFull' : '';
  const name = `${lane.name} ${words[state || 'laneOpen']}`;
  return make('span', name, state ? 'tag warn' : 'lane');
}

function lineState(line) {
  if (line.distrust) return make('span', word(words.reasons, line.distrust), 'tag err');
  return line.state === 'ready' ? words.running : make('span', word(words.deviceStates, line.state), 'tag warn');
}

export function lines(list) {
  if (!show('lines', list)) return;
  const rows = list.map(line => [
    line.name, lineState(line), line.lanes.map(laneSign),
    [`${number(line.in_lanes)}`, make('small', words.onBelt(number(line.on_belt)))],
    [`${number(line.rejected)}`, make('small', line.last_reject && words.lastReject(word(words.reasons, line.last_reject.split(':')[0])))],
    number(line.unknown)]);
  table('lines', [[words.line, nowrap], [words.state, nowrap], [words.lanes, 'lanes'], [words.inLanes, nowrap], [words.rejected], [words.inDoubt, nowrap]],
    rows, '');
}

function courierState({ connection }) {
  if (!connection) return words.noService;
  if (connection.breaker === 'closed') return words.answers;
  return make('span', connection.breaker === 'open' && connection.open_until ? words.downUntil(clock(connection.open_until)) : words.down, 'tag err');
}

// What carries its parcels meanwhile, and which pools run out.
function courierNotes({ services }) {
  const notes = services.filter(s => s.instead_in_use).map(s => make('div', words.insteadNow(s.service, s.instead)));
  return notes.concat(services.filter(s => s.low).map(s => make('div', `${s.service} ${words.left(number(s.free))}`, 'tag warn')));
}

// Couriers with a service of their own, and those whose numbers run out.
export function couriers(list) {
  const told = list.filter(c => c.connection || c.services.some(s => s.low));
  if (!show('couriers', told)) return;
  const rows = told.map(c => [
    [c.name, make('small', c.connection && words.within(number(c.connection.deadline_ms / 1000, 1)))], courierState(c),
    number(c.asked), c.doubtful ? make('span', number(c.doubtful), 'tag err') : '0', number(c.voiding),
    courierNotes(c), c.connection?.error ?? '']);
  table('couriers', [[words.courier, nowrap], [words.state, nowrap], [words.numbersAsked, nowrap], [words.inDoubt, nowrap], [words.voiding, nowrap],
    [words.meanwhile], [words.error]], rows, '');
}

export function devices(list) {
  const sorted = [...list].sort((a, b) => a.up - b.up || a.name.localeCompare(b.name));
  const rows = sorted.slice(0, devices_shown).map(d => [
    [d.name, make('small', word(words.kinds, d.kind))],
    make('span', word(words.deviceStates, d.state), d.up ? '' : 'tag warn'),
    d.age_s < 0 ? words.neverHeard : span(d.age_s), d.error || d.alarm || '']);
  table('devices', [[words.device, nowrap], [words.state, nowrap], [words.age, nowrap], [words.error]], rows, words.devicesNone);
  if (list.length > devices_shown)
    document.querySelector('#devices .body').append(make('p', words.more(number(list.length - devices_shown)), 'empty'));
}

// Every word the page says, in both languages. Text from the server (why, errors) comes as it is.
export const catalogue = {
  en: {
    title: 'Operations', connecting: 'Connecting', live: n => `Live, ${n} s ago`, old: n => `${n} s old`,
    noAnswer: n => `No answer from the server, numbers are ${n} s old`,
    stale: (n, t) => `No fresh data for ${n}. Numbers below are from ${t}. Reconnecting.`,
    never: 'The server does not answer. Check that kemasd runs; this page keeps trying.',
    token: 'The server wants its token. Open this page as /#token=… with the site\'s web token.',
    late: 'Late', lateOldest: t => `oldest ${t} past`, lateNone: 'nothing past its ship-by time',
    open: 'Open orders', packed: 'Packed today', perHour: n => `${n}/h`, shipped: n => `${n} shipped today`,
    unknown: 'Unknown outcomes', unknownNone: 'every act has its answer', unknownSub: 'ask a person, then resolve',
    devicesUp: 'Devices', devicesNone: 'no device set up', allUp: 'all up',
    unsynced: 'Oldest unsynced', waiting: n => `${n} wait for the order database`, synced: 'all synced', syncDown: 'order database down',
    holds: 'On hold', holdsNone: 'nothing held', wrong: 'Wrong scans', wrongSub: n => `per 1,000, ${n} today`,
    orders: 'Late and oldest orders: why it waits, who must act', order: 'Order', state: 'State', shipBy: 'Ship by', why: 'Why it waits', who: 'Who',
    ordersNone: 'No open orders. New ones appear here by themselves.', more: n => `and ${n} more`, lateBy: t => `late ${t}`,
    rate: 'Parcels per hour', rateNone: 'No parcel packed yet today.', asTable: 'As a table', hour: 'Hour', parcels: 'Parcels',
    devices: 'Devices', device: 'Device', age: 'Last heard', error: 'Trouble',
    alarms: 'Alarms: what to see to now', alarm: 'Alarm', toDo: 'Why, and what to do', neverHeard: 'never',
    lines: 'Conveyor lines', line: 'Line', lanes: 'Lanes', inLanes: 'In lanes', rejected: 'Rejected', running: 'runs', onBelt: n => `${n} on the belt`, lastReject: r => `last: ${r}`,
    inDoubt: 'In doubt', laneOpen: 'open', laneShut: 'shut', laneFull: 'full', laneDown: 'down',
    couriers: 'Couriers', courier: 'Courier', answers: 'answers', noService: 'numbers imported', downUntil: t => `left alone until ${t}`, within: t => `answers within ${t} s`,
    numbersAsked: 'Numbers asked for', voiding: 'To void', meanwhile: 'Meanwhile', insteadNow: (a, b) => `${a} goes with ${b}`, left: n => `${n} numbers left`,
    doubt: 'Effects in doubt', act: 'Act', parcel: 'Parcel', since: 'Since', doubtNone: 'None. Every print, divert and purchase has its outcome.',
    owed: 'Labels owed: parcels set aside without their label', owedAt: 'Set aside at',
    ledger: { ready: 'Ledger ready', degraded: 'Ledger degraded', fault: 'Ledger in fault' },
    ledgerFault: 'The ledger is in fault: nothing can be confirmed. Call the supervisor; the log of kemasd names the cause.',
    ledgerDegraded: 'The ledger is degraded. Scanning goes on; look at the log of kemasd.',
    foot: (l, n, v) => `${l}, ${n} events, ${v} % verified`, confirm: (a, b) => `confirming takes ${a} ms, p99 ${b} ms`, inbox: n => `${n} in the inbox`,
    labels: (n, m) => `${n} parcels wait for a label, ${m} label pages for a person`,
    s: 's', min: 'min', h: 'h', d: 'd',
    states: { received: 'received', on_hold: 'on hold', released: 'released', picking: 'picking', picked: 'picked', packing: 'packing', packed: 'packed', shipped: 'shipped', backordered: 'backordered', cancel_asked: 'cancel asked' },
    roles: {}, acts: { print_label: 'print label', print_sheet: 'print sheet', get_number: 'get number', void_number: 'void number' }, kinds: {},
    deviceStates: { attention: 'see to it', net_shown: 'tare held', tare_unknown: 'tare unknown', idle: 'not used yet', foreign: 'another device', torn: 'answers contradict', watchdog: 'device watchdog ran out' },
    reasons: { no_read: 'no barcode read', two_results: 'two labels read', weight_refused: 'weight refused', not_weighed: 'not weighed', no_answer: 'no answer in time', refused: 'refused by the books', no_lane: 'no lane for its courier', lanes_shut: 'its lanes are shut or full', too_many_passes: 'too many rounds', foreign: 'unknown parcel', lost: 'lost on the belt', doubtful: 'position in doubt', other_length: 'another length than before', unseen_gap: 'no gap seen', too_late: 'decided too late', plc_refused: 'refused by the PLC', no_echo: 'no echo of the PLC', not_diverted: 'not diverted', plc_restarted: 'the PLC restarted', link_lost: 'connection to the PLC lost', plc_frozen: 'the PLC stands still', encoder_fault: 'encoder fault', jam: 'jam' },
  },
  id: {
    title: 'Operasi', connecting: 'Menyambung', live: n => `Langsung, ${n} dtk lalu`, old: n => `Umur data ${n} dtk`,
    noAnswer: n => `Server tidak menjawab, angka berumur ${n} dtk`,
    stale: (n, t) => `Tidak ada data baru ${n}. Angka di bawah dari ${t}. Menyambung lagi.`,
    never: 'Server tidak menjawab. Periksa apakah kemasd berjalan; halaman ini terus mencoba.',
    token: 'Server meminta token. Buka halaman ini sebagai /#token=… dengan token web lokasi ini.',
    late: 'Terlambat', lateOldest: t => `tertua lewat ${t}`, lateNone: 'tidak ada yang lewat batas kirim',
    open: 'Pesanan terbuka', packed: 'Dikemas hari ini', perHour: n => `${n}/jam`, shipped: n => `${n} terkirim hari ini`,
    unknown: 'Hasil tak diketahui', unknownNone: 'semua tindakan sudah jelas hasilnya', unknownSub: 'tanya orangnya, lalu selesaikan',
    devicesUp: 'Perangkat', devicesNone: 'belum ada perangkat', allUp: 'semua hidup',
    unsynced: 'Belum sinkron', waiting: n => `${n} menunggu basis data pesanan`, synced: 'semua tersinkron', syncDown: 'basis data pesanan mati',
    holds: 'Ditahan', holdsNone: 'tidak ada yang ditahan', wrong: 'Salah pindai', wrongSub: n => `per 1.000, ${n} hari ini`,
    orders: 'Pesanan terlambat dan tertua: mengapa menunggu, siapa bertindak', order: 'Pesanan', state: 'Status', shipBy: 'Batas kirim', why: 'Mengapa menunggu', who: 'Siapa',
    ordersNone: 'Tidak ada pesanan terbuka. Yang baru muncul di sini dengan sendirinya.', more: n => `dan ${n} lagi`, lateBy: t => `telat ${t}`,
    rate: 'Paket per jam', rateNone: 'Belum ada paket dikemas hari ini.', asTable: 'Sebagai tabel', hour: 'Jam', parcels: 'Paket',
    devices: 'Perangkat', device: 'Perangkat', age: 'Kabar terakhir', error: 'Gangguan',
    alarms: 'Alarm: yang harus diurus sekarang', alarm: 'Alarm', toDo: 'Sebab, dan langkahnya', neverHeard: 'belum pernah',
    lines: 'Jalur konveyor', line: 'Konveyor', lanes: 'Jalur', inLanes: 'Masuk jalur', rejected: 'Ditolak', running: 'berjalan', onBelt: n => `${n} di atas ban`, lastReject: r => `terakhir: ${r}`,
    inDoubt: 'Diragukan', laneOpen: 'buka', laneShut: 'tutup', laneFull: 'penuh', laneDown: 'rusak',
    couriers: 'Kurir', courier: 'Kurir', answers: 'menjawab', noService: 'nomor diimpor', downUntil: t => `didiamkan sampai ${t}`, within: t => `menjawab dalam ${t} dtk`,
    numbersAsked: 'Nomor diminta', voiding: 'Akan dibatalkan', meanwhile: 'Sementara ini', insteadNow: (a, b) => `${a} lewat ${b}`, left: n => `sisa ${n} nomor`,
    doubt: 'Tindakan yang diragukan', act: 'Tindakan', parcel: 'Paket', since: 'Sejak', doubtNone: 'Tidak ada. Semua cetak, pilah dan pembelian jelas hasilnya.',
    owed: 'Label terutang: paket disisihkan tanpa label', owedAt: 'Disisihkan di',
    ledger: { ready: 'Buku besar siap', degraded: 'Buku besar terganggu', fault: 'Buku besar rusak' },
    ledgerFault: 'Buku besar rusak: tidak ada yang dapat dikonfirmasi. Panggil penyelia; log kemasd menyebut sebabnya.',
    ledgerDegraded: 'Buku besar terganggu. Pemindaian tetap jalan; lihat log kemasd.',
    foot: (l, n, v) => `${l}, ${n} kejadian, ${v} % diperiksa`, confirm: (a, b) => `konfirmasi ${a} md, p99 ${b} md`, inbox: n => `${n} di antrean masuk`,
    labels: (n, m) => `${n} paket menunggu label, ${m} halaman label menunggu orang`,
    s: 'dtk', min: 'menit', h: 'jam', d: 'hari',
    states: { received: 'diterima', on_hold: 'ditahan', released: 'dilepas', picking: 'diambil', picked: 'terambil', packing: 'dikemas', packed: 'siap kirim', shipped: 'terkirim', backordered: 'menunggu stok', cancel_asked: 'minta batal' },
    roles: { picker: 'pengambil', packer: 'pengemas', supervisor: 'penyelia', 'dock clerk': 'petugas dok', 'stock clerk': 'petugas stok', 'returns clerk': 'petugas retur' },
    acts: { print_label: 'cetak label', print_sheet: 'cetak lembar', prepare_label: 'siapkan label', divert: 'pilah', get_number: 'minta nomor', void_number: 'batalkan nomor' },
    kinds: { scale: 'timbangan', scanner: 'pemindai', printer: 'pencetak', conveyor: 'konveyor', camera: 'kamera', courier: 'kurir', numbers: 'nomor resi' },
    deviceStates: {
      ready: 'siap', idle: 'belum dipakai', stopped: 'berhenti', connecting: 'menyambung', listening: 'menunggu sambungan', offline: 'tidak tersambung',
      unreachable: 'tidak terjangkau', refusing: 'menolak sambungan', reconnecting: 'menyambung lagi', silent: 'tidak menjawab', unknown: 'tidak diketahui', failed: 'gagal',
      down: 'mati', unstable: 'belum stabil', frozen: 'tidak berubah', overload: 'kelebihan beban', uncalibrated: 'perlu kalibrasi', attention: 'perlu diperiksa',
      printing: 'mencetak', 'paper-out': 'kertas habis', 'paper-low': 'kertas hampir habis', 'head-open': 'penutup terbuka', 'ribbon-out': 'pita habis',
      'take-label': 'ambil labelnya', 'battery-low': 'baterai lemah', paused: 'dijeda', low: 'hampir habis',
      connected: 'tersambung', jam: 'macet', busy: 'sibuk', stale: 'tanpa kabar', garbled: 'tidak dapat dibaca', unusable: 'tidak dapat dipakai',
      underload: 'beban kurang', net_shown: 'tara masih terpasang', tare_unknown: 'tara tidak diketahui', foreign: 'perangkat lain', refuses: 'menolak perintah',
      torn: 'jawaban bertentangan', watchdog: 'pengawas perangkat habis waktu',
    },
    reasons: { no_read: 'barcode tidak terbaca', two_results: 'dua label terbaca', weight_refused: 'berat ditolak', not_weighed: 'tidak tertimbang', no_answer: 'tidak dijawab tepat waktu', refused: 'ditolak pembukuan', no_lane: 'tidak ada jalur untuk kurirnya', lanes_shut: 'jalurnya tertutup atau penuh', too_many_passes: 'terlalu banyak putaran', foreign: 'paket tak dikenal', lost: 'hilang di ban', doubtful: 'posisi meragukan', other_length: 'panjang berubah', unseen_gap: 'jarak antarpaket tidak terlihat', too_late: 'terlambat diputuskan', plc_refused: 'ditolak PLC', no_echo: 'PLC tidak menggemakan', not_diverted: 'tidak terpilah', plc_restarted: 'PLC menyala ulang', link_lost: 'sambungan ke PLC putus', plc_frozen: 'PLC diam', encoder_fault: 'enkoder rusak', jam: 'macet' },
  },
};

const asked = new URLSearchParams(location.search).get('lang');
export const language = asked === 'id' || asked === 'en' ? asked : navigator.language.startsWith('id') ? 'id' : 'en';
export const words = catalogue[language];
const locale = language === 'id' ? 'id-ID' : 'en-GB';

export const number = (value, digits = 0) =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

export const clock = (time, seconds = false) =>
  new Date(time).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...(seconds && { second: '2-digit' }) });

// A span as a person says it: 48 s, 26 min, 3 h, 2 d.
export function span(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 120) return `${s} ${words.s}`;
  if (s < 7200) return `${Math.floor(s / 60)} ${words.min}`;
  return s < 172800 ? `${Math.floor(s / 3600)} ${words.h}` : `${Math.floor(s / 86400)} ${words.d}`;
}

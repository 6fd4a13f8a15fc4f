// Every word of the packing page, in both languages. Text from the server comes as it is.
import { language } from './words.js';

const catalogue = {
  en: {
    title: 'Packing', take: 'Take', steps: 'Steps', back: '◀ Back', next: 'Next ▶', nextCarton: 'Next box ▶',
    which: (n, all) => `Box ${n} of ${all}`, number: (n, all) => `Step ${n} of ${all}`,
    layer: (n, up) => up ? `layer ${n}, ${up} mm up` : `layer ${n}, on the floor`, empty: n => `${n} % empty`,
    scanned: (n, all) => `${n} of ${all} scanned`, turned: s => `lies ${s} mm`,
    fragile: 'Fragile: nothing heavier on it', upright: 'This side up', flat: 'Lay it flat',
    corner: n => `Step ${n} seen from the open front corner`, above: n => `Step ${n} seen from above`,
    noPicture: 'The picture did not come. Press Back, then Next.',
    idle: 'Scan an order', idleMore: s => `No order is open at ${s}.`,
    none: 'No suggestion', choose: 'Which bench is this?', chooseMore: 'Choose it once, then keep this page open on its screen.',
    unknown: 'Unknown bench',
    stages: { idle: '', items: 'Scan each item, lay it in as shown', weighing: 'Close the box, put it on the scale', label: 'Stick the label on, then scan it' },
    connecting: 'Connecting', live: n => `Live, ${n} s ago`, old: n => `Data ${n} s old`, noAnswer: n => `Server silent, data ${n} s old`,
    stale: n => `No news for ${n} s. What is shown may be over. Ask the scanner.`,
    never: 'The server does not answer. Check that kemasd runs; this page keeps trying.',
    token: 'The server wants its token. Open this page as /packing#token=… with the site\'s web token.',
  },
  id: {
    title: 'Pengemasan', take: 'Ambil', steps: 'Langkah', back: '◀ Kembali', next: 'Lanjut ▶', nextCarton: 'Kardus lain ▶',
    which: (n, all) => `Kardus ${n} dari ${all}`, number: (n, all) => `Langkah ${n} dari ${all}`,
    layer: (n, up) => up ? `lapis ${n}, ${up} mm dari dasar` : `lapis ${n}, di dasar`, empty: n => `${n} % kosong`,
    scanned: (n, all) => `${n} dari ${all} dipindai`, turned: s => `letak ${s} mm`,
    fragile: 'Mudah pecah: jangan ditindih', upright: 'Sisi ini di atas', flat: 'Letakkan mendatar',
    corner: n => `Langkah ${n} dilihat dari sudut depan`, above: n => `Langkah ${n} dilihat dari atas`,
    noPicture: 'Gambarnya tidak datang. Tekan Kembali, lalu Lanjut.',
    idle: 'Pindai pesanan', idleMore: s => `Belum ada pesanan terbuka di ${s}.`,
    none: 'Tidak ada saran', choose: 'Meja mana ini?', chooseMore: 'Pilih sekali, lalu biarkan halaman ini terbuka di layarnya.',
    unknown: 'Meja tidak dikenal',
    stages: { idle: '', items: 'Pindai tiap barang, letakkan seperti gambar', weighing: 'Tutup kardus, taruh di timbangan', label: 'Tempel label, lalu pindai' },
    connecting: 'Menyambung', live: n => `Langsung, ${n} dtk lalu`, old: n => `Umur data ${n} dtk`, noAnswer: n => `Server diam, data ${n} dtk`,
    stale: n => `Tanpa kabar ${n} dtk. Yang tampil mungkin sudah lewat. Tanya pemindai.`,
    never: 'Server tidak menjawab. Periksa apakah kemasd berjalan; halaman ini terus mencoba.',
    token: 'Server meminta token. Buka halaman ini sebagai /packing#token=… dengan token web lokasi ini.',
  },
};
export const words = catalogue[language];

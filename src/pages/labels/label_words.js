// Every word of the list of label pages, in both languages. Text from the server comes as it is.
import { language } from './words.js';

const catalogue = {
  en: {
    title: 'Label pages', home: 'Operations', bring: 'Bring a file of labels', send: 'Send', you: 'Your name',
    list: 'Pages that wait for a person', none: 'Every page has its parcel.', shown: (n, all) => n < all ? `${n} of ${all}` : `${all}`,
    sending: name => `Sending ${name}`, reading: (name, n) => `${name}: reading, ${n} pages so far`,
    read: (name, n, bound) => `${name}: ${n} pages, ${bound} found their parcel`, refusedFile: (name, why) => `${name}: ${why}`,
    where: (file, page, member) => `File ${file}${member && `, ${member}`}, page ${page}`,
    states: { waiting: 'Waits for its order', ambiguous: 'Two parcels', second: 'Second page', unreadable: 'Not readable' },
    toDo: {
      waiting: 'No order has brought a number of this page yet. It binds by itself when the order comes.',
      ambiguous: 'Its barcodes name two parcels. Look at the picture and say which one it belongs to.',
      second: 'Its parcel cannot take it: it has a page already, is void or has left. Bind it, and the label before is void; or discard it.',
      unreadable: 'It cannot be printed, or no barcode of it names a parcel. Download the label again, or say whose it is.',
    },
    parcel: 'Tracking number', reason: 'Why', bind: 'Bind to this parcel', discard: 'Discard', open: 'Open the picture',
    noPicture: 'No picture', needName: 'Write your name above first.', needReason: 'Say why.', needParcel: 'Write the tracking number.',
    grows: n => `does not read after print growth${n ? `, ${n} dots a module` : ''}`,
    silent: 'The server does not answer. This page keeps trying.', token: 'The server wants its token. Open this page as /labels#token=… with the site\'s web token.',
  },
  id: {
    title: 'Halaman label', home: 'Operasi', bring: 'Masukkan berkas label', send: 'Kirim', you: 'Nama Anda',
    list: 'Halaman yang menunggu orang', none: 'Semua halaman sudah ada paketnya.', shown: (n, all) => n < all ? `${n} dari ${all}` : `${all}`,
    sending: name => `Mengirim ${name}`, reading: (name, n) => `${name}: dibaca, sudah ${n} halaman`,
    read: (name, n, bound) => `${name}: ${n} halaman, ${bound} menemukan paketnya`, refusedFile: (name, why) => `${name}: ${why}`,
    where: (file, page, member) => `Berkas ${file}${member && `, ${member}`}, halaman ${page}`,
    states: { waiting: 'Menunggu pesanannya', ambiguous: 'Dua paket', second: 'Halaman kedua', unreadable: 'Tidak terbaca' },
    toDo: {
      waiting: 'Belum ada pesanan dengan nomor di halaman ini. Terpasang sendiri saat pesanannya datang.',
      ambiguous: 'Barcode-nya menyebut dua paket. Lihat gambarnya dan tentukan milik paket mana.',
      second: 'Paketnya tidak dapat menerimanya: sudah punya halaman, batal, atau sudah keluar. Pasang, maka label sebelumnya batal; atau buang.',
      unreadable: 'Tidak dapat dicetak, atau tidak ada barcode yang menyebut paket. Unduh labelnya lagi, atau tentukan pemiliknya.',
    },
    parcel: 'Nomor resi', reason: 'Alasan', bind: 'Pasang ke paket ini', discard: 'Buang', open: 'Buka gambarnya',
    noPicture: 'Tidak ada gambar', needName: 'Tulis nama Anda di atas dahulu.', needReason: 'Tulis alasannya.', needParcel: 'Tulis nomor resinya.',
    grows: n => `tidak terbaca bila cetakan melebar${n ? `, ${n} titik per modul` : ''}`,
    silent: 'Server tidak menjawab. Halaman ini terus mencoba.', token: 'Server meminta token. Buka halaman ini sebagai /labels#token=… dengan token web lokasi ini.',
  },
};
export const words = catalogue[language];

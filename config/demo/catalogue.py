"""What the invented centre sells and ships with. Brands, goods, codes and prices are invented."""

# name, grams, spread in grams, length, width, height in mm, price in rupiah, case size (0 = none), shop
GOODS = [
    # shop 0: Kopi Lereng (coffee, tea, snacks)
    ("Kopi Lereng Arabika Gayo Bubuk 200 g", 218, 2.5, 240, 90, 60, 78000, 12, 0),
    ("Kopi Lereng Arabika Toraja Biji 200 g", 219, 2.5, 240, 90, 60, 82000, 12, 0),
    ("Kopi Lereng Robusta Temanggung 500 g", 524, 4, 300, 120, 80, 95000, 6, 0),
    ("Kopi Lereng Drip Bag isi 10", 142, 1.5, 160, 120, 60, 65000, 0, 0),
    ("Kopi Lereng Kopi Susu Saset isi 20", 560, 4, 220, 160, 80, 42000, 6, 0),
    ("Kopi Lereng Cold Brew Botol 250 ml", 292, 3, 60, 60, 170, 28000, 0, 0),
    ("Teh Embun Hijau Celup isi 25", 68, 1, 140, 80, 70, 19500, 24, 0),
    ("Teh Embun Melati Celup isi 25", 67, 1, 140, 80, 70, 18500, 24, 0),
    ("Teh Embun Oolong Daun 100 g", 118, 1.5, 180, 100, 50, 58000, 0, 0),
    ("Wedang Jahe Embun Saset isi 12", 252, 2, 180, 120, 60, 32000, 0, 0),
    ("Keripik Singkong Renyah Balado 150 g", 164, 3, 260, 180, 70, 16500, 20, 0),
    ("Keripik Singkong Renyah Asin 150 g", 163, 3, 260, 180, 70, 16500, 20, 0),
    ("Keripik Tempe Renyah 120 g", 133, 3, 240, 170, 60, 18000, 20, 0),
    ("Rengginang Renyah Terasi 200 g", 216, 4, 260, 190, 80, 22000, 0, 0),
    ("Abon Sapi Lereng 100 g", 112, 1.5, 170, 110, 40, 45000, 0, 0),
    ("Sambal Bawang Lereng 150 g", 286, 2.5, 70, 70, 90, 33000, 0, 0),
    ("Sambal Matah Lereng 150 g", 287, 2.5, 70, 70, 90, 34000, 0, 0),
    ("Gula Aren Semut Lereng 250 g", 262, 2.5, 190, 110, 50, 29000, 0, 0),
    ("Madu Hutan Lereng 350 g", 598, 3, 80, 80, 150, 98000, 0, 0),
    ("Cokelat Batang Embun 70 g", 82, 1, 160, 80, 10, 37000, 10, 0),
    ("Dripper Keramik Lereng V2", 348, 4, 130, 120, 110, 125000, 0, 0),
    ("Saringan Kertas Lereng isi 40", 74, 1, 160, 160, 30, 38000, 0, 0),
    ("Gelas Ukur Lereng 300 ml", 176, 2, 90, 90, 120, 54000, 0, 0),
    # shop 1: Rona Kulit (skincare)
    ("Rona Sabun Wajah Beras 100 ml", 127, 1.5, 55, 40, 160, 49000, 0, 1),
    ("Rona Toner Mawar 150 ml", 186, 1.5, 50, 50, 170, 69000, 0, 1),
    ("Rona Serum Niasin 20 ml", 72, 1, 35, 35, 100, 89000, 0, 1),
    ("Rona Serum Vitamin C 20 ml", 73, 1, 35, 35, 100, 95000, 0, 1),
    ("Rona Pelembap Gel 50 g", 118, 1, 65, 65, 60, 79000, 0, 1),
    ("Rona Tabir Surya SPF 50 40 ml", 58, 1, 45, 30, 140, 85000, 0, 1),
    ("Rona Masker Lembar Teh Hijau", 31, 0.5, 150, 120, 5, 15000, 10, 1),
    ("Rona Masker Lembar Madu", 31, 0.5, 150, 120, 5, 15000, 10, 1),
    ("Rona Masker Lembar Lidah Buaya", 32, 0.5, 150, 120, 5, 15000, 10, 1),
    ("Rona Lulur Kopi 200 g", 262, 2.5, 90, 90, 80, 59000, 0, 1),
    ("Rona Minyak Rambut Kemiri 100 ml", 134, 1.5, 45, 45, 150, 55000, 0, 1),
    ("Rona Sampo Lidah Buaya 250 ml", 289, 2.5, 70, 45, 190, 62000, 0, 1),
    ("Rona Kondisioner Lidah Buaya 250 ml", 291, 2.5, 70, 45, 190, 62000, 0, 1),
    ("Rona Bibir Balsem Kelapa 10 g", 19, 0.4, 20, 20, 70, 27000, 0, 1),
    ("Rona Bibir Tint Delima 5 ml", 22, 0.4, 20, 20, 90, 39000, 0, 1),
    ("Rona Kapas Wajah isi 80", 61, 1, 110, 70, 70, 14000, 0, 1),
    ("Rona Spons Wajah Konjak", 24, 0.6, 80, 80, 30, 18000, 0, 1),
    ("Rona Deodoran Tawas 50 ml", 78, 1, 40, 40, 100, 32000, 0, 1),
    # shop 2: Kaos Jalan (clothes and small things)
    ("Kaos Jalan Polos Hitam S", 168, 3, 280, 220, 25, 89000, 0, 2),
    ("Kaos Jalan Polos Hitam M", 181, 3, 280, 220, 25, 89000, 0, 2),
    ("Kaos Jalan Polos Hitam L", 196, 3, 280, 220, 28, 89000, 0, 2),
    ("Kaos Jalan Polos Hitam XL", 212, 3, 280, 220, 30, 94000, 0, 2),
    ("Kaos Jalan Polos Putih M", 180, 3, 280, 220, 25, 89000, 0, 2),
    ("Kaos Jalan Polos Putih L", 195, 3, 280, 220, 28, 89000, 0, 2),
    ("Kaos Jalan Gunung Biru M", 186, 3, 280, 220, 25, 109000, 0, 2),
    ("Kaos Jalan Gunung Biru L", 201, 3, 280, 220, 28, 109000, 0, 2),
    ("Kemeja Jalan Flanel L", 318, 5, 300, 240, 40, 189000, 0, 2),
    ("Celana Jalan Kargo 32", 486, 6, 320, 260, 50, 219000, 0, 2),
    ("Jaket Jalan Angin Hijau L", 412, 6, 320, 260, 60, 259000, 0, 2),
    ("Topi Jalan Kanvas", 92, 2, 200, 180, 90, 65000, 0, 2),
    ("Kaus Kaki Jalan 3 Pasang", 118, 2, 160, 120, 50, 45000, 0, 2),
    ("Sarung Tenun Jalan", 402, 6, 300, 220, 40, 165000, 0, 2),
    ("Tas Kain Jalan Lipat", 108, 2, 200, 150, 20, 39000, 0, 2),
    ("Sandal Jalan Karet 41", 386, 5, 290, 120, 100, 79000, 0, 2),
    ("Gantungan Kunci Jalan Motif Batik", 24, 0.8, 80, 50, 10, 12000, 0, 2),
    ("Botol Minum Jalan 600 ml", 172, 2, 75, 75, 240, 69000, 0, 2),
    ("Payung Lipat Jalan", 342, 4, 260, 60, 60, 85000, 0, 2),
]

# owner, its accounts by channel
SHOPS = [
    ("Kopi Lereng", {"shopee": "kopilereng.id", "tokopedia_tiktok": "kopi-lereng", "webstore": "kopilereng"}),
    ("Rona Kulit", {"shopee": "ronakulit.official", "tokopedia_tiktok": "rona-kulit", "webstore": "ronakulit"}),
    ("Kaos Jalan", {"shopee": "kaosjalan.store", "tokopedia_tiktok": "kaos-jalan", "webstore": "kaosjalan"}),
]

# code, name, length, width, height in mm, tare and its spread in grams
CARTON_COLUMNS = ["code", "name", "length_mm", "width_mm", "height_mm", "tare_g", "tare_spread_g", "kind",
                  "inner_length_mm", "inner_width_mm", "inner_height_mm", "flat_length_mm", "flat_width_mm",
                  "usable_mm", "max_gross_g", "cost"]
CARTONS = [
    ("MAIL-S", "Polymailer 25 x 35", 350, 250, 40, 14, 0.5, "bag", "", "", "", 350, 250, 38, 2000, 600),
    ("MAIL-L", "Polymailer 35 x 50", 450, 350, 70, 26, 0.8, "bag", "", "", "", 500, 350, 68, 4000, 1100),
    ("BOX-S", "Kardus S", 250, 200, 120, 142, 4, "box", 244, 194, 112, "", "", "", 8000, 2400),
    ("BOX-M", "Kardus M", 350, 270, 200, 268, 6, "box", 344, 264, 192, "", "", "", 15000, 4100),
    ("BOX-L", "Kardus L", 450, 350, 300, 486, 9, "box", 442, 342, 290, "", "", "", 25000, 7800),
]

OPERATORS = [  # id, name, badge, role
    ("ani", "Ani", "BADGE-ANI", "packer"),
    ("budi", "Budi", "BADGE-BUDI", "packer"),
    ("citra", "Citra", "BADGE-CITRA", "packer"),
    ("dewa", "Dewa", "BADGE-DEWA", "packer"),
    ("endah", "Endah", "BADGE-ENDAH", "supervisor"),
]

GIVEN = ["Ayu", "Bagas", "Candra", "Dina", "Eko", "Fitri", "Galih", "Hana", "Indra", "Joko", "Kartika",
         "Lestari", "Made", "Nadia", "Oka", "Putri", "Rizky", "Sari", "Tono", "Utami", "Vina", "Wahyu",
         "Yanti", "Zaki"]
FAMILY = ["Contoh", "Percobaan", "Umpama", "Misalnya", "Rekaan", "Andaian"]  # plainly not people
STREETS = ["Jl. Rekaan", "Jl. Contoh Raya", "Gg. Umpama", "Jl. Percobaan", "Jl. Misal Indah",
           "Komplek Andaian"]

"""The day's 200 orders and the plan that says how each must end. People are invented."""
import datetime

from catalogue import CARTONS, FAMILY, GIVEN, SHOPS, STREETS
from goods import SCARCE

COUNT = 200
CHANNEL_COUNT = 120  # the marketplace arranged courier, number and label
ASKED_COUNT = 10     # of these: it is asked for number and label over its service
ASKED_CHANNEL = "lazada"
COURIERS = {"shopee": [("SPX", "Standard", "SPXID09"), ("J&T", "EZ", "JP99")],
            "tokopedia_tiktok": [("J&T", "EZ", "JX88"), ("SiCepat", "REG", "0048")]}
LONG_NAME = ("Yayasan Percobaan Pengemasan dan Pengiriman Barang Rekaan Nusantara Raya Sejahtera Abadi "
             "Makmur Bersama Cabang Pembantu Wilayah Barat Daya Bagian Penerimaan Paket Lantai Tiga "
             "Gedung Umpama Blok Andaian Nomor Seratus Dua Puluh Tiga Sebelah Timur Loket Misalnya")


def masked(name):
    return " ".join(word[0] + "*" * (len(word) - 1) for word in name.split())


def channel_label(order, ship):
    """A label as a marketplace draws it: native ZPL, 100 x 150 mm at 203 dpi, recipient masked."""
    to = order["ship_to"]
    cod = f"COD Rp{order['cod_amount']:,}".replace(",", ".") if order["cod_amount"] else "NON-COD"
    return "\n".join([
        "^XA", "^CI28", "^PW800", "^LL1200",
        "^FO20,20^GB760,1160,3^FS",
        f"^FO40,45^A0N,50,50^FD{order['channel'].upper()}^FS",
        f"^FO480,45^A0N,50,50^FD{ship['courier']} {ship['service']}^FS",
        f"^FO100,130^BY3^BCN,160,N,N,N^FD{ship['tracking_number']}^FS",
        f"^FO100,305^A0N,40,40^FD{ship['tracking_number']}^FS",
        "^FO20,365^GB760,3,3^FS",
        f"^FO40,390^A0N,34,34^FDPenerima: {masked(to['name'])}^FS",
        f"^FO40,435^A0N,30,30^FD{to['phone'][:4]}********^FS",
        f"^FO40,480^FB720,3,6^A0N,28,28^FD{to['district']}, {to['city']}, {to['province']}^FS",
        f"^FO40,600^A0N,60,60^FD{to['postal_code']}^FS",
        "^FO20,680^GB760,3,3^FS",
        f"^FO40,700^A0N,44,44^FD{cod}^FS",
        f"^FO40,770^A0N,30,30^FDNo. Pesanan: {order['external_id']}^FS",
        f"^FO40,815^A0N,30,30^FDPaket: {ship['package_number']}^FS",
        "^XZ", ""])


def carton_for(lines, by_sku):
    """The smallest packaging with room to spare; soft goods and flat small ones go into mailers."""
    items = [(by_sku[line["sku"]], line["quantity"]) for line in lines if line["sku"] in by_sku]
    volume = sum(s["length_mm"] * s["width_mm"] * s["height_mm"] * n for s, n in items)
    longest = max((s["length_mm"] for s, _ in items), default=0)
    soft = all(s["_shop"] == 2 and s["height_mm"] <= 60 for s, _ in items)
    for code, _, length, width, height, *_ in CARTONS:
        if code.startswith("MAIL") and not soft:
            continue
        if longest <= length and volume <= 0.75 * length * width * height:
            return code
    return "BOX-L"


class Maker:
    def __init__(self, rng, now, goods, areas):
        self.rng, self.now, self.goods = rng, now, goods
        self.by_sku = {sku["sku"]: sku for sku in goods}
        self.areas = [a for a in areas if not a["code"].startswith("95")]
        self.far = next(a for a in areas if a["code"].startswith("95"))  # no courier's tariff has it
        self.numbers = 0

    def external_id(self, channel):
        self.numbers += 1
        if channel == "shopee":
            tail = "".join(self.rng.choice("ABCDEFGHJKMNPQRSTUVWXYZ0123456789") for _ in range(5))
            return f"2611{self.numbers:05d}{tail}"
        if channel == "tokopedia_tiktok":
            return f"5790{self.rng.randrange(10**9):09d}{self.numbers:05d}"
        return f"WEB-{10000 + self.numbers}"

    def ship_to(self, area, number):
        rng = self.rng
        return {"name": f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}", "phone": f"0812-0000-{number:04d}",
                "address": f"{rng.choice(STREETS)} No. {rng.randint(1, 180)}, {area['village']}",
                "district": area["district"], "city": area["city"], "province": area["province"],
                "postal_code": area["postal_code"]}

    def lines(self, shop):
        rng = self.rng
        mine = [s for s in self.goods if s["_shop"] == shop and not s["_scarce"]]
        count = rng.choices([1, 2, 3, 4], [50, 28, 15, 7])[0]
        lines = []
        for sku in rng.sample(mine, count):
            quantity = rng.choices([1, 2, 3], [76, 17, 7])[0]
            if sku["_case"] and rng.random() < 0.12:
                quantity = sku["_case"]
            lines.append({"sku": sku["sku"], "quantity": quantity})
        return lines

    def order(self, n, channel, arranged):
        rng = self.rng
        shop = rng.randrange(3)
        owner, accounts = SHOPS[shop]
        area = rng.choice(self.areas)
        order = {"channel": channel, "shop": accounts[channel], "external_id": self.external_id(channel),
                 "owner": owner, "lines": self.lines(shop), "ship_to": self.ship_to(area, n),
                 "area_code": area["code"]}
        order["value"] = sum(self.by_sku[x["sku"]]["_price"] * x["quantity"] for x in order["lines"])
        cod = rng.random() < 0.22
        order["cod_amount"] = order["value"] + 10000 if cod else None
        late = n % 67 == 5
        due = -40 if late else rng.randrange(90, 600, 5)
        order["ship_by"] = (self.now + datetime.timedelta(minutes=due)).strftime("%Y-%m-%dT%H:%M:%SZ")
        if arranged:
            courier, service, prefix = rng.choice(COURIERS[channel])
            ship = {"courier": courier, "service": service,
                    "tracking_number": f"{prefix}{rng.randrange(10**5):05d}{n:03d}{n % 89:02d}",
                    "package_number": f"PKG{n:06d}"}
            ship["label_zpl"] = channel_label(order, ship)
            order["shipment"] = ship
        elif rng.random() < 0.45:
            choices = [("JNE", "REG"), ("J&T", "EZ")] + ([] if cod else [("SiCepat", "REG")])
            order["courier"], order["service"] = rng.choice(choices)
        return order


def make_orders(rng, now, goods, areas):
    """Returns the orders in the shape of POST /api/v1/orders, and the plan in the order of play."""
    maker = Maker(rng, now, goods, areas)
    kinds = [True] * CHANNEL_COUNT + [False] * (COUNT - CHANNEL_COUNT)
    rng.shuffle(kinds)
    orders = []
    for n, arranged in enumerate(kinds, 1):
        if arranged:
            channel = rng.choice(["shopee", "tokopedia_tiktok"])
        else:  # two marketplaces let the seller ship now and then
            channel = rng.choices(["webstore", "shopee", "tokopedia_tiktok"], [80, 12, 8])[0]
        orders.append(maker.order(n, channel, arranged))
    plan = [{"channel": o["channel"], "shop": o["shop"], "external_id": o["external_id"],
             "expect": "shipped", "carton": carton_for(o["lines"], maker.by_sku)} for o in orders]
    spoil(maker, orders, plan)
    combine(maker, orders, plan)
    cancel(orders, plan)
    ask_channel(orders, plan)
    return orders, plan


def ours(orders, plan):
    return [i for i, o in enumerate(orders)
            if o["channel"] == "webstore" and plan[i]["expect"] == "shipped"
            and "why" not in plan[i] and "shipment" not in o]


def spoil(maker, orders, plan):
    """Orders that must end in a hold, each with its own reason."""
    picks = iter(ours(orders, plan)[5::9])

    def mark(why):
        i = next(picks)
        plan[i].update(expect="on_hold", why=why)
        orders[i]["cod_amount"] = None
        return orders[i]

    mark("recipient without phone")["ship_to"]["phone"] = ""
    mark("recipient's name does not fit the label")["ship_to"]["name"] = LONG_NAME
    mark("a line names a SKU nobody knows")["lines"].append({"sku": "X-999", "quantity": 1})
    far = mark("no tariff for the area")
    far.update(area_code=maker.far["code"], ship_to=maker.ship_to(maker.far, 999), courier="",
               service="")
    short = mark("stock is missing")
    short["lines"] = [{"sku": maker.goods[SCARCE]["sku"], "quantity": 3}]
    next(p for p in plan if p["external_id"] == short["external_id"])["expect"] = "backordered"


def combine(maker, orders, plan):
    """Two web orders of one buyer travel in one parcel."""
    free = ours(orders, plan)
    first = free[3]
    second = next(i for i in free if i > first and orders[i]["shop"] == orders[first]["shop"])
    for i in (first, second):
        orders[i]["combine_group"] = "GABUNG-1"
        orders[i]["cod_amount"] = None
        orders[i]["courier"], orders[i]["service"] = "JNE", "REG"
        plan[i]["carton"] = "BOX-L"
        plan[i]["why"] = "two orders of one buyer in one parcel"
    for key in ("ship_to", "area_code", "ship_by"):
        orders[second][key] = orders[first][key]


def ask_channel(orders, plan):
    """Orders of a marketplace whose service is to arrange them: they come with a package number alone."""
    asked = [i for i, o in enumerate(orders) if "shipment" in o and "why" not in plan[i]][4::10][:ASKED_COUNT]
    for i in asked:
        orders[i]["channel"] = plan[i]["channel"] = ASKED_CHANNEL
        orders[i]["shipment"] = {"package_number": "PKG" + orders[i]["external_id"]}


def cancel(orders, plan):
    """Buyers who change their mind: before anybody looks, and in the middle of packing."""
    wanted = [("before_open", True), ("before_open", True), ("before_open", False),
              ("after_first_item", True), ("after_first_item", False), ("after_first_item", False)]
    for k, (moment, arranged) in enumerate(wanted):
        for i in range(20 + 25 * k, len(orders)):
            several = len(orders[i]["lines"]) > 1
            if ("shipment" in orders[i]) == arranged and "why" not in plan[i] and several:
                plan[i].update(expect="cancelled", why="cancelled by the buyer",
                               cancel={"moment": moment, "by": "buyer", "reason": "changed mind"})
                break

#!/usr/bin/env python3
"""The outside of kemasd as the shift player meets it: scanner port, scale master, printer client and
two HTTP routes, over one order book in memory. Only to test the player; it keeps no promise of a
ledger.

    scripted_kemasd.py DEMO_FOLDER http=PORT bench-1=SCANNER,SCALE,PRINTER ... [fault=NAME]

fault: accept_wrong (wrong items are taken), twice (each label is printed twice), drop (every 7th scan
line loses its connection before it is answered), lost (one order is never shipped).
"""
import asyncio
import csv
import json
import struct
import sys
import urllib.parse

demo = sys.argv[1]
given = dict(one.split("=", 1) for one in sys.argv[2:])
fault = given.pop("fault", "")
orders, codes, open_by = {}, {}, {}
answers, lines_seen, numbers = {}, 0, 0


def load():
    known = set()
    with open(f"{demo}/skus.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            known.add(row["sku"])
            for code in row["barcodes"].split():
                code, _, units = code.partition("=")
                codes[code] = (row["sku"], int(units or 1))
    with open(f"{demo}/orders.json", encoding="utf-8") as file:
        for order in json.load(file)["orders"]:
            skus = [line["sku"] for line in order["lines"]]
            state, why = "released", ""
            if not known.issuperset(skus):
                state, why = "on_hold", "unknown SKU"
            elif sum(x["quantity"] for x in order["lines"] if x["sku"] == "K-120") > 1:
                state, why = "backordered", "not in stock"
            elif order["ship_to"]["phone"] == "" or len(order["ship_to"]["name"]) > 100:
                why = "label"
            elif order["area_code"].startswith("95"):
                why = "no tariff"
            order.update(state=state, why=why)
            key = (order["channel"], order["shop"], order["external_id"])
            orders[key] = order
            open_by[order.get("shipment", {}).get("tracking_number", order["external_id"])] = order


class Bench:
    def __init__(self, name, scanner, scale, printer):
        self.name, self.scanner, self.scale, self.printer = name, scanner, scale, printer
        self.job, self.left, self.stage, self.tracking, self.writer = [], {}, "idle", "", None
        self.parcels = 0

    def leave(self):
        self.job, self.left, self.stage, self.tracking = [], {}, "idle", ""

    def opened(self, order):
        group = order.get("combine_group")
        self.job = [o for o in orders.values() if group and o.get("combine_group") == group] or [order]
        self.left = {}
        for each in self.job:
            each["state"] = "packing"
            for line in each["lines"]:
                self.left[line["sku"]] = self.left.get(line["sku"], 0) + line["quantity"]
        self.stage = "items"
        return "+|open"

    def scan(self, code):
        if code.startswith("BADGE-"):
            return "+|hello"
        if self.job and self.job[0]["state"] == "cancelled":
            self.leave()
            return "-|order_cancelled|to the cancel rack"
        if code == "*K*leave":
            self.leave()
            return "+|left"
        if code.startswith("*K*carton:"):
            return "+|carton"
        if self.stage == "label" and code == self.tracking:
            for each in self.job:
                lost = fault == "lost" and each["external_id"] == next(iter(orders))[2]
                each["state"] = "packed" if lost else "shipped"
            self.leave()
            return "+|staged"
        if code in open_by:
            order = open_by[code]
            if self.stage != "idle":
                return "-|finish_first|another order is open"
            if order["state"] != "released":
                word = {"on_hold": "order_on_hold", "cancelled": "order_cancelled"}
                return f"-|{word.get(order['state'], 'order_' + order['state'])}|{order['why']}"
            return self.opened(order)
        if self.stage == "items" and code in codes:
            sku, units = codes[code]
            if fault == "accept_wrong" and sku not in self.left:
                return "+|taken"
            if self.left.get(sku, 0) < units:
                return "-|wrong_item|not this one"
            self.left[sku] -= units
            if not any(self.left.values()):
                self.stage = "weighing"
            return "+|taken"
        return f"-|unknown_code|{code} is unknown"

    async def push(self, text):
        self.writer.write(f"!{text}\r\n".encode())
        await self.writer.drain()

    async def weighed(self):
        global numbers
        order = self.job[0]
        if order["why"]:
            for each in self.job:
                each["state"] = "on_hold"
            self.leave()
            return await self.push(f"-|parcel_hold|{order['why']}")
        numbers += 1
        self.parcels += 1
        ship = order.get("shipment", {})
        self.tracking = ship.get("tracking_number", f"OUR{numbers:06d}")
        self.stage = "label"
        await self.push("+|label coming")
        mark = f"^FX kemas parcel={self.name}{self.parcels} rev=1 tracking={self.tracking}^FS"
        for _ in range(2 if fault == "twice" else 1):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.printer)
            writer.write(f"^XA{mark}^XZ\n".encode())
            writer.write_eof()
            await reader.read()
            writer.close()

    async def hear(self, reader, writer):
        global lines_seen
        self.writer = writer
        while line := await reader.readline():
            name, _, code = line.decode().strip().removeprefix("#").partition(";")
            lines_seen += 1
            if name not in answers:
                answers[name] = self.scan(code)
            if fault == "drop" and lines_seen % 7 == 0:
                return writer.close()
            writer.write((answers[name] + "\r\n").encode())
            await writer.drain()

    async def watch_scale(self):
        settled = True
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.scale)
                while True:
                    writer.write(struct.pack(">HHHBBHH", 1, 0, 6, 1, 3, 0, 5))
                    answer = await reader.readexactly(19)
                    grams, status = struct.unpack(">iH", answer[9:15])
                    if grams == 0 or not status & 1:
                        settled = False
                    elif not settled and self.stage == "weighing":
                        settled = True
                        await self.weighed()
                    await asyncio.sleep(0.002)
            except (OSError, EOFError):
                await asyncio.sleep(0.05)


async def serve_http(reader, writer):
    head = await reader.readuntil(b"\r\n\r\n")
    method, target, _ = head.decode().split(" ", 2)
    url = urllib.parse.urlsplit(target)
    query = dict(urllib.parse.parse_qsl(url.query))
    number = urllib.parse.unquote(url.path.split("/")[4])
    order = orders.get((query["channel"], query["shop"], number))
    if order and method == "POST" and order["state"] != "shipped":
        order["state"] = "cancelled"
    body = json.dumps({"state": order["state"] if order else ""}).encode()
    status = b"200 OK" if order else b"404 Not Found"
    writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    await writer.drain()
    writer.close()


async def main():
    load()
    await asyncio.start_server(serve_http, "127.0.0.1", int(given.pop("http")))
    watching = []
    for name, ports in given.items():
        bench = Bench(name, *[int(port) for port in ports.split(",")])
        await asyncio.start_server(bench.hear, "127.0.0.1", bench.scanner)
        watching.append(bench.watch_scale())
    await asyncio.gather(*watching)


asyncio.run(main())

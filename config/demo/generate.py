#!/usr/bin/env python3
"""Writes the demo's data: the same seed and the same --now give the same files, byte for byte.

    generate.py --out DIR [--now 2026-11-21T08:00:00Z] [--seed 1] [--sqlite ORDERS.db]

Without --now the orders are due today. --sqlite fills the shop's order database (tables of
config/orderdb/sqlite.sql, made first where they are missing). README.md says what is invented.
"""
import argparse
import csv
import datetime
import json
import pathlib
import random

from catalogue import CARTON_COLUMNS, CARTONS, OPERATORS
from goods import skus, stock
from order_database import fill
from orders import make_orders
from tariff import tariff_rows, TARIFF_COLUMNS, number_rows

HERE = pathlib.Path(__file__).resolve().parent


def write_csv(path, columns, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=pathlib.Path, default=HERE)
    parser.add_argument("--now", type=instant, default=None, help="ISO 8601; default: this minute")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sqlite", type=pathlib.Path, help="also fill this order database")
    asked = parser.parse_args()
    now = asked.now or datetime.datetime.now(datetime.timezone.utc).replace(second=0, microsecond=0)
    rng = random.Random(asked.seed)
    out = asked.out
    out.mkdir(parents=True, exist_ok=True)

    goods = skus()
    places = stock(goods)
    with open(HERE / "areas.csv", encoding="utf-8") as file:
        areas = list(csv.DictReader(file))
    orders, plan = make_orders(rng, now, goods, areas)

    write_csv(out / "skus.csv", ["sku", "name", "barcodes", "weight_g", "spread_g", "length_mm",
                                 "width_mm", "height_mm", "fragile", "upright", "dangerous"],
              [{k: v for k, v in sku.items() if not k.startswith("_")} for sku in goods])
    write_csv(out / "stock.csv", ["location", "sku", "lot", "quantity", "pick_order"], places)
    write_csv(out / "tariff.csv", TARIFF_COLUMNS, tariff_rows())
    write_csv(out / "tracking-numbers.csv", ["courier", "service", "number"], number_rows())
    write_csv(out / "cartons.csv", CARTON_COLUMNS,
              [dict(zip(CARTON_COLUMNS, carton)) for carton in CARTONS])
    write_csv(out / "operators.csv", ["id", "name", "badge", "role"],
              [dict(zip(["id", "name", "badge", "role"], one)) for one in OPERATORS])
    stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    for name, content in (("orders.json", {"orders": orders}),
                          ("plan.json", {"seed": asked.seed, "now": stamp,
                                         "default_carton": "BOX-S", "orders": plan})):
        with open(out / name, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1, ensure_ascii=False)
            file.write("\n")
    if asked.sqlite:
        fill(asked.sqlite, HERE.parent / "orderdb" / "sqlite.sql", orders)
    print(f"{len(goods)} SKUs, {len(places)} places, {len(orders)} orders in {out}")


if __name__ == "__main__":
    main()

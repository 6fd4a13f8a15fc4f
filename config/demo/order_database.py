"""Fills the shop's own order database the way a shop would: an order and its lines together."""
import sqlite3

PERSON = ["name", "phone", "address", "district", "city", "province", "postal_code"]
PLAIN = ["channel", "shop", "external_id", "owner", "combine_group", "area_code", "cod_amount",
         "value", "courier", "service", "note", "ship_by"]
SHIPMENT = {"courier": "arranged_courier", "service": "arranged_service",
            "tracking_number": "tracking_number", "package_number": "package_number",
            "label_zpl": "label_zpl"}


def row_of(order):
    row = {column: order.get(column) or None for column in PLAIN}
    row |= {column: order["ship_to"].get(column, "") for column in PERSON}
    row |= {column: order.get("shipment", {}).get(key) for key, column in SHIPMENT.items()}
    return row


def fill(path, schema, orders):
    """Orders already there are left alone. `schema` makes the tables where they are missing."""
    with sqlite3.connect(path) as database:
        database.executescript(schema.read_text(encoding="utf-8"))
        for order in orders:
            row = row_of(order)
            sql = (f"insert or ignore into kemas_orders ({', '.join(row)}) "
                   f"values ({', '.join('?' * len(row))})")
            made = database.execute(sql, list(row.values()))
            if made.rowcount != 1:
                continue
            database.executemany(
                "insert into kemas_order_lines (order_id, line_no, sku, quantity) values (?, ?, ?, ?)",
                [(made.lastrowid, n, line["sku"], line["quantity"])
                 for n, line in enumerate(order["lines"], 1)])

"""SKUs with barcodes and the shelves they lie on. No chance in it: the catalogue decides."""
from catalogue import GOODS

SCARCE = 19  # index of the SKU of which one piece is left: its order cannot be filled


def ean13(twelve):
    odd_even = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(twelve))
    return twelve + str((10 - odd_even % 10) % 10)


def skus():
    """Rows of skus.csv; keys with `_` are for the generator alone."""
    letters = "KRJ"
    rows = []
    for i, (name, weight, spread, length, width, height, price, case, shop) in enumerate(GOODS):
        unit = ean13(f"899100{shop}{i:05d}")
        barcodes = unit
        case_code = ""
        if case:
            case_code = ean13(f"899109{shop}{i:05d}")
            barcodes += f" {case_code}={case}"
        rows.append({
            "sku": f"{letters[shop]}-{i + 101}", "name": name, "barcodes": barcodes,
            "weight_g": weight, "spread_g": spread, "length_mm": length, "width_mm": width,
            "height_mm": height, "fragile": "yes" if "Keramik" in name or "Gelas" in name else "no",
            "upright": "yes" if " ml" in name else "no", "dangerous": "no",
            "_price": price, "_case": case, "_shop": shop, "_scarce": i == SCARCE})
    return rows


def stock(goods):
    """Rows of stock.csv: aisles A to C by shop, four levels a bay, walked in this order."""
    rows = []
    for i, sku in enumerate(goods):
        bay, level = divmod(i % 24, 4)
        rows.append({"location": f"{'ABC'[sku['_shop']]}-{bay + 1:02d}-{level + 1}",
                     "sku": sku["sku"], "lot": f"L26{i % 12 + 1:02d}" if sku["_shop"] < 2 else "",
                     "quantity": 1 if sku["_scarce"] else 240, "pick_order": 10 * (i + 1)})
    return rows

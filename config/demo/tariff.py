"""Couriers' tariffs and number pools. PRICES AND NUMBERS ARE INVENTED; only the shape of the rules
(divisors, steps, tolerances) follows what couriers of these names are known for."""

TARIFF_COLUMNS = [
    "record", "currency", "exponent", "courier", "service", "name", "divisor_cm3_per_kg", "volumetric_above_cm3", "step_g",
    "rounding", "tolerance_g", "edge", "minimum_g", "max_weight_g", "cod", "cod_min", "cod_max",
    "transit_days", "cut_off", "area", "first_price", "first_g", "step_price", "kind", "when",
    "amount", "basis_points", "minimum", "limit", "round_up_to"]

# province -> thousands of rupiah for the first kilogram of the regular service, sent from Jakarta
ZONES = {"31": 9, "32": 11, "36": 10, "33": 17, "34": 18, "35": 19, "51": 24, "12": 32, "13": 33,
         "16": 25, "18": 22, "21": 31, "64": 42, "63": 38, "73": 40, "71": 48, "52": 34, "81": 62}


def service(courier, code, name, **rest):
    return {"record": "service", "courier": courier, "service": code, "name": name + " (invented prices)",
            **rest}


def tariff_rows():
    jne = dict(divisor_cm3_per_kg=6000, step_g=1000, rounding="tolerance", tolerance_g=300,
               edge="inclusive", minimum_g=1000)
    rows = [
        {"record": "tariff", "currency": "IDR", "exponent": 0},
        service("JNE", "REG", "JNE Reguler", **jne, volumetric_above_cm3=18000, max_weight_g=50000,
                cod="yes", cod_min=10000, cod_max=5000000, transit_days=3, cut_off="16:00"),
        service("JNE", "JTR", "JNE Trucking", divisor_cm3_per_kg=5000, step_g=1000,
                rounding="tolerance", tolerance_g=300, edge="exclusive", minimum_g=10000,
                max_weight_g=150000, cod="no", transit_days=7, cut_off="14:00"),
        service("J&T", "EZ", "J&T Express EZ", **jne, max_weight_g=50000, cod="yes", cod_min=10000,
                cod_max=3000000, transit_days=3, cut_off="17:00"),
        service("SiCepat", "REG", "SiCepat Reguler", **jne, max_weight_g=50000, cod="no",
                transit_days=2, cut_off="15:00"),
    ]
    for area, thousands in ZONES.items():
        for courier, code, percent in (("JNE", "REG", 100), ("J&T", "EZ", 98), ("SiCepat", "REG", 102)):
            price = thousands * 1000 * percent // 100 // 100 * 100
            rows.append({"record": "rate", "courier": courier, "service": code, "area": area,
                         "first_price": price, "first_g": 1000, "step_price": price})
        rows.append({"record": "rate", "courier": "JNE", "service": "JTR", "area": area,
                     "first_price": thousands * 4500, "first_g": 10000,
                     "step_price": thousands * 450})
    rows += [
        {"record": "surcharge", "courier": "JNE", "service": "REG", "name": "biaya COD",
         "kind": "percent_of_cod", "when": "cod", "basis_points": 400, "minimum": 5000,
         "round_up_to": 100},
        {"record": "surcharge", "courier": "J&T", "service": "EZ", "name": "biaya COD",
         "kind": "percent_of_cod", "when": "cod", "basis_points": 300, "minimum": 4000,
         "round_up_to": 100},
        {"record": "surcharge", "courier": "JNE", "service": "", "name": "PPN",
         "kind": "percent_of_freight", "when": "always", "basis_points": 110, "round_up_to": 1},
    ]
    return rows


def number_rows():
    """Pools of our own numbers, more than the demo needs."""
    pools = [("JNE", "REG", "0999{:012d}", 150), ("JNE", "JTR", "0998{:012d}", 20),
             ("J&T", "EZ", "JX99{:08d}", 150), ("SiCepat", "REG", "0049{:08d}", 150)]
    return [{"courier": courier, "service": code, "number": shape.format(7 * n + 1000)}
            for courier, code, shape, count in pools for n in range(count)]

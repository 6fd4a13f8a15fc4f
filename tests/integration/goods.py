"""Orders for the tests, of the demo's goods, and what they weigh."""
import csv

from kemas_site import demo

PERSON = ('name', 'phone', 'address', 'district', 'city', 'province', 'postal_code')


def _table(name, key):
    with open(demo / name, encoding='utf-8') as file:
        return {row[key]: row for row in csv.DictReader(file)}


skus = _table('skus.csv', 'sku')
cartons = _table('cartons.csv', 'code')


def barcode(sku):
    return skus[sku]['barcodes'].split()[0]


def weight_g(order, carton='BOX-S'):
    """What the order weighs in its carton, to the gram."""
    inside = sum(float(skus[line['sku']]['weight_g']) * line['quantity'] for line in order['lines'])
    return round(inside + float(cartons[carton]['tare_g']))


def own_order(number, lines=(('K-101', 1), ('K-104', 2)), **more):
    """An order whose courier we choose ourselves."""
    order = {'channel': 'webstore', 'shop': 'bukti', 'external_id': number, 'owner': 'Kopi Lereng',
             'lines': [{'sku': sku, 'quantity': quantity} for sku, quantity in lines],
             'ship_to': {'name': 'Sari Umpama', 'phone': '0812-0000-0006', 'address': 'Gg. Umpama No. 76',
                         'district': 'Kemayoran', 'city': 'Kota Administrasi Jakarta Pusat',
                         'province': 'Daerah Khusus Ibukota Jakarta', 'postal_code': '10650'},
             'area_code': '31.71.03.1004', 'value': 123500, 'courier': 'JNE', 'service': 'REG'}
    return order | more


def channel_order(number, tracking, lines=(('K-102', 1),)):
    """An order the channel has arranged: courier, number and label are its own."""
    zpl = ('^XA\n^CI28\n^PW800\n^LL1200\n^FO40,45^A0N,50,50^FDSHOPEE^FS\n'
           f'^FO100,130^BY3^BCN,160,N,N,N^FD{tracking}^FS\n^FO100,305^A0N,40,40^FD{tracking}^FS\n^XZ\n')
    return own_order(number, lines) | {
        'channel': 'shopee', 'courier': '', 'service': '',
        'shipment': {'courier': 'J&T', 'service': 'EZ', 'tracking_number': tracking,
                     'package_number': f'PKG{number}', 'label_zpl': zpl}}


def _literal(value):
    if value is None or value == '':
        return 'null'
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def insert(order):
    """SQL that writes the order as a shop does: the order and its lines in one transaction."""
    row = {name: order.get(name) for name in ('channel', 'shop', 'external_id', 'owner', 'area_code', 'cod_amount',
                                              'value', 'courier', 'service', 'ship_by')}
    row |= {name: order['ship_to'][name] for name in PERSON}
    shipment = order.get('shipment', {})
    row |= {'arranged_courier': shipment.get('courier'), 'arranged_service': shipment.get('service')}
    row |= {name: shipment.get(name) for name in ('tracking_number', 'package_number', 'label_zpl')}
    lines = ', '.join(f"({n}, {_literal(line['sku'])}, {line['quantity']})"
                      for n, line in enumerate(order['lines'], 1))
    return (f"with made as (insert into kemas_orders ({', '.join(row)}) "
            f"values ({', '.join(map(_literal, row.values()))}) returning id) "
            f'insert into kemas_order_lines (order_id, line_no, sku, quantity) '
            f'select made.id, line.no, line.sku, line.quantity from made, (values {lines}) as line (no, sku, quantity);')

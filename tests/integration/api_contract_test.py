"""Every route of the contract, asked of a real kemasd; each answer is held against openapi.json."""
import unittest

from api_contract_asking import Asking, asked
from api_contract_house import House
from api_contract_orders import Orders
from api_contract_outside import Outside
from api_contract_paper import Paper
from api_contract_rating import Rating
from openapi_check import document


def tearDownModule():
    """A route that nobody asked is a route that nobody knows to work."""
    routes = {(method.upper(), path) for path, node in document['paths'].items()
              for method in node if method in ('get', 'post', 'put', 'delete', 'patch')}
    assert not routes - asked, f'never asked: {sorted(routes - asked)}'


class Contract(Asking, Orders, Paper, Outside, Rating, House, unittest.TestCase):
    pass


if __name__ == '__main__':
    unittest.main()

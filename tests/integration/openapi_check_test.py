"""The contract is sound, its examples keep it, and the checker can say no."""
import copy
import json
import pathlib
import re
import unittest

from openapi_check import (ContractBroken, check_answer, check_request, document, faults, known_words,
                           resolve)

methods = ('get', 'post', 'put', 'delete', 'patch', 'head')
order_path = '/api/v1/orders/{external_id}'


def nodes(value, path='#'):
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in items:
        if name not in ('example', 'examples'):
            yield from nodes(item, f'{path}/{name}')


def operations():
    for path, node in document['paths'].items():
        for method, what in node.items():
            if method in methods:
                yield method, path, node, what


def example_of(method, path, status):
    response = resolve(document['paths'][path][method]['responses'][status])
    return copy.deepcopy(next(iter(response['content'].values()))['example'])


class Contract(unittest.TestCase):
    def test_every_reference_leads_somewhere(self):
        references = [node['$ref'] for _, node in nodes(document) if isinstance(node, dict) and '$ref' in node]
        self.assertGreater(len(references), 100)
        for reference in references:
            resolve({'$ref': reference})

    def test_every_component_is_used(self):
        text = json.dumps(document)
        for kind in ('schemas', 'responses', 'parameters'):
            for name in document['components'][kind]:
                self.assertIn(f'"#/components/{kind}/{name}"', text)

    def test_every_operation_has_its_own_id_a_summary_and_its_path_parameters(self):
        ids = [what['operationId'] for *_, what in operations()]
        self.assertEqual(len(ids), len(set(ids)))
        for method, path, node, what in operations():
            self.assertTrue(what['summary'], path)
            named = [resolve(p) for p in node.get('parameters', []) + what.get('parameters', [])]
            self.assertEqual(set(re.findall(r'{(\w+)}', path)),
                             {p['name'] for p in named if p['in'] == 'path'}, f'{method} {path}')

    def test_every_error_is_a_problem_document(self):
        for method, path, _, what in operations():
            for status, response in what['responses'].items():
                if status >= '400' and path != '/readyz':
                    self.assertEqual(list(resolve(response)['content']), ['application/problem+json'],
                                     f'{method} {path} {status}')

    def test_required_fields_are_described(self):
        for path, node in nodes(document['components']['schemas']):
            if isinstance(node, dict) and isinstance(node.get('required'), list):
                self.assertLessEqual(set(node['required']), set(node['properties']), path)

    def test_the_checker_knows_every_word_of_the_schemas(self):
        for path, node in nodes(document['components']['schemas']):
            if isinstance(node, dict) and 'type' in node and not path.endswith('/properties'):
                self.assertLessEqual(set(node), known_words, path)

    def test_every_example_keeps_its_schema(self):
        count = 0
        for method, path, _, what in operations():
            for kind, media in what.get('requestBody', {}).get('content', {}).items():
                if 'example' not in media and kind.startswith('image/'):
                    continue
                check_request(method, path, media['example'], kind)
                count += 1
            for status, response in what['responses'].items():
                for kind, media in resolve(response).get('content', {}).items():
                    if 'example' in media:
                        check_answer(method, path, int(status), media['example'], kind)
                        count += 1
        self.assertGreater(count, 100)

    def test_every_json_answer_but_the_document_itself_has_an_example(self):
        for method, path, _, what in operations():
            for status, response in what['responses'].items():
                for kind, media in resolve(response).get('content', {}).items():
                    if 'json' in kind and path != '/api/v1/openapi.json':
                        self.assertIn('example', media, f'{method} {path} {status}')

    def test_problem_examples_carry_the_status_they_stand_under(self):
        for method, path, _, what in operations():
            for status, response in what['responses'].items():
                media = resolve(response).get('content', {}).get('application/problem+json')
                if media:
                    self.assertEqual(media['example']['status'], int(status), f'{method} {path}')

    def test_the_dashboards_sample_keeps_the_contract(self):
        sample = pathlib.Path(__file__).parents[1] / 'web' / 'status_sample.json'
        check_answer('GET', '/status', 200, sample.read_bytes(), 'application/json')


class Answers(unittest.TestCase):
    def refuses(self, body, reason, status=200, method='GET', path=order_path, kind=None):
        with self.assertRaisesRegex(ContractBroken, reason):
            check_answer(method, path, status, body, kind)

    def setUp(self):
        self.order = example_of('get', order_path, '200')
        check_answer('GET', order_path, 200, self.order)

    def test_takes_bytes_text_and_values(self):
        text = json.dumps(self.order)
        check_answer('GET', order_path, 200, text)
        check_answer('get', order_path, 200, text.encode(), 'application/json; charset=utf-8')

    def test_refuses_a_missing_field(self):
        del self.order['lines'][0]['sku']
        self.refuses(self.order, r'\$\.lines\[0\]: lacks "sku"')

    def test_refuses_a_field_nobody_wrote_down(self):
        self.order['phone'] = '0812'
        self.refuses(self.order, '"phone" is not in the contract')

    def test_refuses_a_wrong_type(self):
        for value in ('12', True, 1.5, None, []):
            self.order['id'] = value
            self.refuses(self.order, r'\$\.id: is .* must be integer')

    def test_refuses_a_word_outside_the_list(self):
        self.order['state'] = 'lost'
        self.refuses(self.order, r"\$\.state: 'lost' is none of")

    def test_refuses_a_time_without_a_zone(self):
        self.order['received_at'] = '2026-11-21 05:00:00'
        self.refuses(self.order, 'does not match')

    def test_refuses_when_no_alternative_fits(self):
        self.order['ship_by'] = 0
        self.refuses(self.order, r'\$\.ship_by: fits none of anyOf')

    def test_refuses_numbers_and_lists_out_of_range(self):
        self.order['lines'][0]['picked'] = -1
        self.refuses(self.order, 'picked: -1 is out of range')
        self.refuses({'results': []}, 'has 0 items', method='POST', path='/api/v1/orders')

    def test_refuses_an_unwritten_status_path_or_method(self):
        self.refuses(self.order, 'the contract has 200', status=418)
        self.refuses(self.order, 'is not in the contract', path='/api/v1/people')
        self.refuses(self.order, 'is not in the contract', method='DELETE')

    def test_refuses_another_content_type_and_what_is_no_json(self):
        self.refuses(self.order, 'is text/html, must be application/json', kind='text/html')
        self.refuses(b'{"id":', 'is no JSON')

    def test_refuses_a_body_where_none_belongs(self):
        check_answer('GET', '/status', 304, b'')
        self.refuses(b'{}', 'must have no body', status=304, path='/status')

    def test_refuses_a_problem_without_its_sentence(self):
        body = example_of('get', order_path, '404')
        body['detail'] = ''
        self.refuses(body, r'\$\.detail: is 0 characters long', status=404)

    def test_refuses_a_request_with_a_typo(self):
        body = copy.deepcopy(document['paths']['/api/v1/scans']['post']['requestBody']['content']
                             ['application/json']['example'])
        body['staton'] = body.pop('station')
        with self.assertRaisesRegex(ContractBroken, 'lacks "station"'):
            check_request('POST', '/api/v1/scans', body)


class Checker(unittest.TestCase):
    def test_one_of_means_exactly_one(self):
        schema = {'oneOf': [{'type': 'integer'}, {'type': 'number'}]}
        self.assertEqual(list(faults(schema, 1.5)), [])
        self.assertEqual(list(faults(schema, 1)), ['$: fits 2 of oneOf'])

    def test_a_rule_beside_a_reference_counts_too(self):
        schema = {'$ref': '#/components/schemas/Grams', 'enum': ['1.000']}
        self.assertEqual(list(faults(schema, '1.000')), [])
        self.assertTrue(list(faults(schema, '2.000')))
        self.assertTrue(list(faults(schema, '1')))

    def test_additional_properties_may_have_a_schema(self):
        schema = {'type': 'object', 'additionalProperties': {'type': 'integer'}}
        self.assertEqual(list(faults(schema, {'a': 1})), [])
        self.assertEqual(list(faults(schema, {'a': 'x'})), ['$.a: is "x", must be integer'])

    def test_true_is_no_number_in_a_list_of_words(self):
        self.assertTrue(list(faults({'enum': [1]}, True)))

    def test_stops_at_a_word_it_does_not_know(self):
        with self.assertRaises(NotImplementedError):
            list(faults({'type': 'object', 'patternProperties': {}}, {}))


if __name__ == '__main__':
    unittest.main()

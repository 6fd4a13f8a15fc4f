"""Holds answers of kemasd against src/app/openapi.json. Knows the part of JSON Schema that the
document uses, and stops at a word it does not know rather than pass it by.

    from openapi_check import check_answer
    check_answer('GET', '/api/v1/orders/{external_id}', 200, body)     # raises ContractBroken
"""
import json
import pathlib
import re

document_path = pathlib.Path(__file__).parents[2] / 'src' / 'app' / 'openapi.json'
document = json.loads(document_path.read_text(encoding='utf-8'))

silent_words = {'$ref', 'title', 'description', 'example', 'examples', 'default', 'format'}
json_kinds = ('application/json', 'application/problem+json')


class ContractBroken(AssertionError):
    pass


def resolve(node, root=document):
    """The node that a $ref names; any other node is itself."""
    while '$ref' in node:
        found = root
        for name in node['$ref'].removeprefix('#/').split('/'):
            found = found[name.replace('~1', '/').replace('~0', '~')]
        node = found
    return node


def is_type(value, name):
    if name == 'null':
        return value is None
    if name == 'boolean':
        return isinstance(value, bool)
    if isinstance(value, bool):
        return False
    if name == 'integer':
        return isinstance(value, int) or isinstance(value, float) and value.is_integer()
    return isinstance(value, {'object': dict, 'array': list, 'string': str,
                              'number': (int, float)}[name])


def types_of(schema):
    return schema['type'] if isinstance(schema['type'], list) else [schema['type']]


def object_faults(schema, value, path, root):
    for name in schema.get('required', []):
        if name not in value:
            yield f'{path}: lacks "{name}"'
    known, others = schema.get('properties', {}), schema.get('additionalProperties', True)
    for name, item in value.items():
        if name in known:
            yield from faults(known[name], item, f'{path}.{name}', root)
        elif others is False:
            yield f'{path}: "{name}" is not in the contract'
        elif others is not True:
            yield from faults(others, item, f'{path}.{name}', root)


def array_faults(schema, value, path, root):
    if not schema.get('minItems', 0) <= len(value) <= schema.get('maxItems', len(value)):
        yield f'{path}: has {len(value)} items'
    for i, item in enumerate(value):
        yield from faults(schema.get('items', {}), item, f'{path}[{i}]', root)


def string_faults(schema, value, path, _):
    if not schema.get('minLength', 0) <= len(value) <= schema.get('maxLength', len(value)):
        yield f'{path}: is {len(value)} characters long'
    if 'pattern' in schema and not re.search(schema['pattern'], value):
        yield f'{path}: {value!r} does not match {schema["pattern"]}'


def number_faults(schema, value, path, _):
    if not schema.get('minimum', value) <= value <= schema.get('maximum', value):
        yield f'{path}: {value} is out of range'


by_kind = {dict: (object_faults, {'required', 'properties', 'additionalProperties'}),
           list: (array_faults, {'items', 'minItems', 'maxItems'}),
           str: (string_faults, {'minLength', 'maxLength', 'pattern'}),
           int: (number_faults, {'minimum', 'maximum'}),
           float: (number_faults, set())}
known_words = silent_words | {'type', 'enum', 'anyOf', 'oneOf'}.union(*(w for _, w in by_kind.values()))


def choice_faults(schema, value, path, root):
    for word in ('anyOf', 'oneOf'):
        if word not in schema:
            continue
        tried = [list(faults(choice, value, path, root)) for choice in schema[word]]
        fitting = sum(not found for found in tried)
        if fitting == 0:
            nearest = min(tried, key=len)
            yield f'{path}: fits none of {word}; nearest: ' + '; '.join(nearest)
        elif word == 'oneOf' and fitting > 1:
            yield f'{path}: fits {fitting} of oneOf'


def faults(schema, value, path='$', root=document):
    """What is wrong with the value, each with its path; nothing when it fits."""
    beside = {word: rule for word, rule in schema.items() if word != '$ref'}
    if '$ref' in schema:
        yield from faults(resolve(schema, root), value, path, root)
    if unknown := beside.keys() - known_words:
        raise NotImplementedError(f'{path}: openapi_check does not know {sorted(unknown)}')
    if 'type' in beside and not any(is_type(value, name) for name in types_of(beside)):
        yield f'{path}: is {json.dumps(value)[:60]}, must be {" or ".join(types_of(beside))}'
        return
    if 'enum' in beside and not any(value == e and type(value) is type(e) for e in beside['enum']):
        yield f'{path}: {value!r} is none of {beside["enum"]}'
    yield from choice_faults(beside, value, path, root)
    if value is not None and not isinstance(value, bool):
        yield from by_kind[type(value)][0](beside, value, path, root)


def operation(method, path_template):
    node = document['paths'].get(path_template, {}).get(method.lower())
    if node is None:
        raise ContractBroken(f'{method} {path_template} is not in the contract')
    return node


def check_content(where, content, body, content_type=None):
    kind = content_type.split(';')[0].strip().lower() if content_type else next(iter(content), None)
    if kind is None:
        if body not in (None, b'', ''):
            raise ContractBroken(f'{where}: must have no body')
        return
    if kind not in content:
        raise ContractBroken(f'{where}: is {kind}, must be {" or ".join(content) or "empty"}')
    if kind in json_kinds:
        if isinstance(body, (bytes, bytearray, str)):
            try:
                body = json.loads(body)
            except ValueError as error:
                raise ContractBroken(f'{where}: is no JSON: {error}') from None
        wrong = list(faults(content[kind].get('schema', {}), body))
        if wrong:
            raise ContractBroken(f'{where}:\n  ' + '\n  '.join(wrong))


def check_answer(method, path_template, status, body, content_type=None):
    """Raises ContractBroken unless the contract holds this answer. `body`: bytes, text, or JSON
    that is read already; `content_type`: as sent, checked too when given."""
    where = f'{method} {path_template} -> {status}'
    responses = operation(method, path_template)['responses']
    if str(status) not in responses:
        raise ContractBroken(f'{where}: the contract has {", ".join(responses)}')
    check_content(where, resolve(responses[str(status)]).get('content', {}), body, content_type)


def check_request(method, path_template, body, content_type=None):
    """The same for the body of a request."""
    wanted = operation(method, path_template).get('requestBody', {})
    check_content(f'{method} {path_template}', wanted.get('content', {}), body, content_type)

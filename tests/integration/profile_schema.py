"""Mistakes of a profile against the published schema, told by the jsonschema package."""
import functools
import json
import pathlib

import jsonschema

path = pathlib.Path(__file__).parents[2] / 'firmware-profiles' / 'profile.schema.json'


@functools.cache
def validator():
    schema = json.loads(path.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def mistakes(profile):
    return [f'{"/".join(map(str, e.absolute_path))}: {e.message[:200]}'
            for e in validator().iter_errors(profile)]

"""Mistakes of a profile against the published schema, told by the jsonschema package."""
import jsonschema


def mistakes(schema, profile):
    jsonschema.Draft202012Validator.check_schema(schema)
    found = jsonschema.Draft202012Validator(schema).iter_errors(profile)
    return [f'{"/".join(map(str, e.absolute_path))}: {e.message[:200]}' for e in found]

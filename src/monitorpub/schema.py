"""The JSON Schema of a profile (draft 2020-12), from the model."""

from __future__ import annotations

import json

from monitorpub.model import Profile


def schema_text() -> str:
    """The schema as text that ends with a newline."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Profile.model_json_schema(by_alias=True),
        "title": "monitorpub profile",
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"

"""The JSON Schemas of a profile and of a volume (draft 2020-12), from the model."""

from __future__ import annotations

import json

from pydantic import BaseModel


def schema_text(*, volume: bool = False) -> str:
    """The schema of a profile, or of a volume, as text that ends with a newline."""
    model: type[BaseModel]
    if volume:
        from monitorpub.model.volume import Volume as model
    else:
        from monitorpub.model import Profile as model
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(by_alias=True),
        "title": f"monitorpub {'volume' if volume else 'profile'}",
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"

"""The grammar of a contamination statement: what each form means, and what is none of them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic_core import PydanticCustomError

from monitorpub.model import Text
from monitorpub.model.contamination import parse


def parsed(statement: str) -> dict[str, object]:
    found = parse(Text(statement, inline=True))
    fields = {name: getattr(found, name) for name in ("area", "qualifier", "band", "unknown", "estimated_by")}
    return {name: value for name, value in fields.items() if value is not None and value != "" and value is not False}


@pytest.mark.parametrize(
    ("statement", "meaning"),
    [
        ("12.5 km²", {"area": Decimal("12.5")}),
        ("12.5km2", {"area": Decimal("12.5")}),
        ("1,234 km²", {"area": Decimal(1234)}),
        ("1,600,000 m²", {"area": Decimal("1.6")}),
        ("500 M2", {"area": Decimal("0.0005")}),
        ("about 3 km²", {"area": Decimal(3), "qualifier": "about"}),
        ("Probably less  than 3 km²", {"area": Decimal(3), "qualifier": "probably less than"}),
        ("Light", {"band": "light"}),
        ("VERY  HEAVY", {"band": "very heavy"}),
        ("Medium, 7 km²", {"area": Decimal(7), "band": "medium"}),
        ("Very  heavy, 30 km²", {"area": Decimal(30), "band": "very heavy"}),
        ("Massive, more than 100 km²", {"area": Decimal(100), "band": "massive", "qualifier": "more than"}),
        ("Light, up to 5 km²", {"area": Decimal(5), "band": "light", "qualifier": "up to"}),
        ("Heavy, extent unknown", {"band": "heavy", "unknown": True}),
        ("Heavy, extent not known", {"band": "heavy", "unknown": True}),
        ("Unknown", {"unknown": True}),
        ("Not known", {"unknown": True}),
        ("Unknown, but very heavy", {"band": "very heavy", "unknown": True}),
        ("None", {"area": Decimal(0)}),
        ("Residual", {}),
        ("Suspected residual", {}),
        (
            "Light, 1.6 km² (National authority estimate)",
            {"area": Decimal("1.6"), "band": "light", "estimated_by": "National authority"},
        ),
        ("Heavy (WHO estimate)[^who]", {"band": "heavy", "estimated_by": "WHO"}),
        ("7 km²[^a][^b]", {"area": Decimal(7)}),
    ],
)
def test_a_form_means(statement, meaning):
    assert parsed(statement) == meaning


@pytest.mark.parametrize(
    "statement",
    [
        "12.5", "12,5 km²", "12.5 ha", "km²", "-3 km²", "1,23 km²", "some 3 km²", "3 to 4 km²", "Huge", "Heavy 30 km²", "Heavy,", "Unknown but heavy",
        "None: not a State Party", "Heavy, medium", "Heavy (estimate)", "Heavy (WHO)", "Heavy (WHO estimate", "٣ km²", "Heavy.", "[^a]",
    ],
)  # fmt: skip
def test_what_follows_no_form_is_refused(statement):
    with pytest.raises(PydanticCustomError) as error:
        parsed(statement)
    assert error.value.type == "M012"


@pytest.mark.parametrize(
    "statement", ["Heavy, 7 km²", "Light, 5 km²", "Medium, 20 km²", "Massive, 99.9 km²", "Medium, less than 5 km²", "Very heavy, 19 km²"]
)
def test_an_area_outside_its_band_is_refused(statement):
    with pytest.raises(PydanticCustomError) as error:
        parsed(statement)
    assert error.value.type == "M015"


def test_the_text_stays_as_it_was_typed():
    assert str(parse(Text("Light, 1.60 km2[^a]")).text) == "Light, 1.60 km2[^a]"

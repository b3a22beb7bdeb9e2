"""Images: each must be there, be whole, and lie inside the workspace."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from conftest import HEAD
from printed import said_in


def picture(kind: str, size: tuple[int, int] = (8, 8)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "red").save(stream, kind)
    return stream.getvalue()


def said(workspace, run, name: str):
    workspace.write(HEAD + f"key-developments: |\n  ![A picture]({name})\n")
    return said_in(run("check", "profile.yaml").stderr)


@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("b.jpg", "JPEG"), ("c.gif", "GIF"), ("d e.png", "PNG")])
def test_whole_images_are_fine(workspace, run, name, kind):
    workspace.write(picture(kind), name)
    assert said(workspace, run, name.replace(" ", "%20")) == []


@pytest.mark.parametrize("kept", [20, 60, 0.5])
def test_a_damaged_image_is_named(workspace, run, kept):
    data = picture("PNG", (300, 300))
    workspace.write(data[: kept if kept > 1 else int(len(data) * kept)], "half.png")
    (one,) = said(workspace, run, "half.png")
    assert one.code == "T005"
    assert "damaged" in one.message or "not an image" in one.message


@pytest.mark.parametrize(
    ("size", "message"),
    [
        (20_000, "The image 'huge.png' has more pixels than any page can show."),
        (10_000, "The image 'huge.png' has 10,000 by 10,000 pixels, more than any page can show."),
    ],
)
def test_an_enormous_image_is_refused_before_it_is_unpacked(workspace, run, size, message):
    stream = io.BytesIO()
    Image.new("1", (size, size)).save(stream, "PNG")
    workspace.write(stream.getvalue(), "huge.png")
    (one,) = said(workspace, run, "huge.png")
    assert one.message == message


def test_a_slip_in_the_name_is_guessed(workspace, run):
    workspace.write(picture("PNG"), "images/map.png")
    (one,) = said(workspace, run, "images/Map.png")
    assert one.message == "The image 'images/Map.png' does not exist. Is it 'images/map.png'?"


def test_a_link_that_leads_out_is_outside(workspace, run, tmp_path):
    (tmp_path / "secret.png").write_bytes(picture("PNG"))
    (workspace.root / "link.png").symlink_to(tmp_path / "secret.png")
    (one,) = said(workspace, run, "link.png")
    assert "lies outside the workspace" in one.message

"""What a fork server loads before the first task: the engine, and what prepares sources; then all of it is set aside from collection."""

from __future__ import annotations

import gc

from monitorpub import compose, pipeline
from monitorpub.typeset import engine, running

LOADED = (compose, engine, pipeline, running)

gc.collect()
gc.freeze()

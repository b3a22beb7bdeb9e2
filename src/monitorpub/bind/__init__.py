"""Step 6, bind: parts become a file, as object files become a program.

A part brings its dictionaries as bytes with gaps (``objects.py``); binding gives out object numbers, fills the gaps, and writes once
what a file has once: page tree, destinations, outline, page labels, structure root, metadata, fonts, folios.
Nothing here imports the engine.
"""

"""Import: a document as editors have it becomes a source in YAML.

Readers (``plain`` and its neighbours for plain text, ``formats`` for what pandoc reads) give the neutral :mod:`document`; ``arranging``
finds the fields of a profile in it, ``written`` writes them as YAML, ``report`` says what was recognised, lost and guessed.
"""

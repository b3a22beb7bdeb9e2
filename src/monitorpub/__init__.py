"""monitorpub: country profiles in YAML become PDFs that could go to print."""

__version__ = "0.1.0"

"""monitorpub: country profiles in YAML become PDFs that could go to print.

``monitorpub.check``, ``build``, ``compile``, ``verify`` and ``export`` do what the commands of these names do, and ``import_file`` what the
command ``import`` does; ``monitorpub.testing`` helps to test sources and PDFs.  They are loaded when they are first used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, which would take longer to load than all the rest
if TYPE_CHECKING:
    from monitorpub import testing
    from monitorpub.api import (
        BuildReport,
        BuiltFile,
        CheckReport,
        CompileReport,
        ExportReport,
        ImportReport,
        Report,
        VerifyReport,
        build,
        check,
        compile,
        export,
        import_file,
        verify,
    )
    from monitorpub.diagnostics import Diagnostic, Place
    from monitorpub.verifying import Verified

__version__ = "0.1.0"

__all__ = [
    "BuildReport",
    "BuiltFile",
    "CheckReport",
    "CompileReport",
    "Diagnostic",
    "ExportReport",
    "ImportReport",
    "Place",
    "Report",
    "Verified",
    "VerifyReport",
    "__version__",
    "build",
    "check",
    "compile",
    "export",
    "import_file",
    "testing",
    "verify",
]

_HOMES = {"Diagnostic": "diagnostics", "Place": "diagnostics", "Verified": "verifying"}


def __getattr__(name: str) -> object:
    """The public names, each loaded when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'monitorpub' has no attribute {name!r}")
    from importlib import import_module

    if name == "testing":
        return import_module("monitorpub.testing")
    found = getattr(import_module(f"monitorpub.{_HOMES.get(name, 'api')}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)

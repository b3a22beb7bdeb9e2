"""Look for what pip cannot install: Pango and HarfBuzz for typesetting, and Python's own venv.

With the right to install (root or passwordless sudo, and apt-get) it installs what is missing; otherwise it says in one line what to
install, and ends with 1.  ``--judges`` asks for the external judges of finished PDFs as well.
Runs on any Python from 3.8, before anything is installed.
"""

import ctypes.util
import os
import shutil
import subprocess
import sys

LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
JUDGES = {"qpdf": "qpdf", "pdftoppm": "poppler-utils", "javac": "default-jdk-headless"}  # a JDK: veraPDF is started from a source file


def missing(judges):
    """The Debian packages of what is not there."""
    wanted = [package for library, package in LIBRARIES.items() if ctypes.util.find_library(library) is None]
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        wanted.append("python3-venv")
    if judges:
        wanted += [package for command, package in JUDGES.items() if shutil.which(command) is None]
    return wanted


def install(packages):
    """Install Debian packages if that is allowed here; whether it was."""
    if shutil.which("apt-get") is None:
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and (shutil.which("sudo") is None or subprocess.run([*prefix, "true"], stderr=subprocess.DEVNULL).returncode):
        return False
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    print("Installing " + ", ".join(packages) + " ...")
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]):
        if subprocess.run([*prefix, *command], env=environment, stdout=subprocess.DEVNULL).returncode:
            return False
    return True


def main():
    """Look, install, look again."""
    if sys.version_info < (3, 11):
        sys.exit("monitorpub needs Python 3.11 or newer, and this is {}.{}.".format(*sys.version_info[:2]))
    judges = "--judges" in sys.argv[1:]
    wanted = missing(judges)
    if not wanted or (install(wanted) and not missing(judges)):
        return
    if sys.platform == "darwin":
        sys.exit("Please install first: brew install pango harfbuzz" + (" qpdf poppler openjdk" if judges else ""))
    sys.exit("Please install first (on Debian or Ubuntu: sudo apt-get install): " + " ".join(wanted))


if __name__ == "__main__":
    main()

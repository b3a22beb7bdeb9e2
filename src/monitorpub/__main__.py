"""``python -m monitorpub``."""

from monitorpub.cli import main

if __name__ == "__main__":
    main()

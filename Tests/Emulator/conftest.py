import os
from pathlib import Path

from emulator.fixtures import emulator, empty, stack  # noqa: F401

# Tests start `python -m emulator` and import it.
os.environ["PYTHONPATH"] = str(Path(__file__).parent)

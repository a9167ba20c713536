"""The tests; what they import is compiled once, for all workers and whatever they start."""

import os
import sys

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

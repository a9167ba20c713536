"""Sources that ship as figures of ``data/figures``, and how those files are read. Imports ``core`` and ``tables``."""

"""Eurostat Comext: SDMX answers, bulk files, and the views that people save. Imports ``core`` and ``tables``."""

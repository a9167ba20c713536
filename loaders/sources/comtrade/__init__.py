"""UN Comtrade in every shape that people download, and what to ask of its service. Imports ``core`` and ``tables``."""

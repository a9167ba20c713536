"""ITC Trade Map: trade by product, by partner, and lists, as people download them. Imports ``core`` and ``tables``."""

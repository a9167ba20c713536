"""The World Bank: its indicators by service and by download, and WITS. Imports ``core`` and ``tables``."""

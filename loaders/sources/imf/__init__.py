"""The IMF's trade by partner: IMTS, and Direction of Trade as it was. Imports ``core`` and ``tables``."""

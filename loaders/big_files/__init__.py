"""Huge text files: only records that can be in scope reach a parser; ``scan.scan`` is the one door.

Imports ``core`` and ``tables``.
"""

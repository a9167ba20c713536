"""Checks on the one table: identities, sources and mirrors side by side, reasons for differences.

Imports ``core`` alone.
"""

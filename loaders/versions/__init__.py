"""Versions of the data: what each refresh, import and upgrade changed, and any earlier state again.

Imports ``loaders.core``.
"""

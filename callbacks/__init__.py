"""Wiring and serving: address to controls, address to pictures, routes, limits.

Imports ``layouts``, ``analysis`` and ``loaders``.
"""

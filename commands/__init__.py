"""The command line besides serving: import, refresh, export, check, list.

Imports ``layouts``, ``analysis`` and ``loaders``.
"""

"""What is no picture: headline, claims, the panel of one number, tables of rows, citation.

Imports ``figure`` and ``charts``.
"""

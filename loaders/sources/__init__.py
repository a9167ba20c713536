"""One file or one folder a source: recognise, parse, say what to ask for.

Imports ``core`` and ``tables``, no other source.
"""

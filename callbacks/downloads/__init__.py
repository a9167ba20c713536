"""Charts by address: pictures, rows and metadata under ``/chart/<name>.<form>``, each as a file of its own.

Imports ``layouts``, ``analysis``, ``callbacks.server.delivery`` and ``callbacks.kept_answers``.
"""

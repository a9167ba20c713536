"""A statement in a reader's words: number, unit, flow, goods, months.

Imports ``analysis`` and the definitions of ``measures.energy``.
"""

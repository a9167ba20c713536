"""A quoted number set against every basis at hand, and judged by one rule.

Imports ``parser``, ``figures`` and all measures but ``prices``.
"""

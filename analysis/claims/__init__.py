"""A quoted number set against every basis at hand, and judged by one rule.

Imports ``parser`` and all measures but ``prices``.
"""

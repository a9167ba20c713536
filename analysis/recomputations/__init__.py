"""A window of trade computed again on every basis at hand: figures, the sentences that explain them, and growth.

Imports ``readings`` and ``basis``.
"""

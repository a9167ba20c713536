"""A whole text: its sentences, the figures of the two countries' trade in them, each judged as a typed claim is.

Imports ``parser`` and ``analysis.claims``.
"""

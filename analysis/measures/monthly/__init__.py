"""The two countries' trade by month: series, growth, printed rates, the state of trade, revisions.

Imports ``analysis`` alone.
"""

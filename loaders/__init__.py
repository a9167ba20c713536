"""Public sources in, the one table out: no Dash, no Plotly.

A new source is one file of ``sources`` and one line of ``registry``.
"""

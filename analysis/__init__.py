"""The one table in, measures out: pure pandas, no I/O, no Dash, no Plotly.

These modules import only each other and ``loaders.core``.
"""

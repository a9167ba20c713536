"""The one table in, measures out: pure pandas, no I/O, no Dash, no Plotly.

These modules import only each other and ``loaders.core``; ``api``, the door for notebooks, stands above all rooms.
"""

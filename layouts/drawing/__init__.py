"""How a picture is put together: the canvas it is written on, and where things stand on it.

Imports ``words`` and ``look``.
"""

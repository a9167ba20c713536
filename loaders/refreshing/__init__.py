"""``--refresh``: fetch, keep raw, check, merge, write, and say what happened; ``http`` alone opens connections.

Imports ``importing`` and the rooms below it.
"""

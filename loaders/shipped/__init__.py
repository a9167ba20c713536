"""What ships: the build of ``data/snapshot``, and where each row of it came from.

May import every room of ``loaders``.
"""

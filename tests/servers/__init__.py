"""Loopback servers that answer as the public services do, healthy or not.

``python -m tests.servers`` starts the healthy ones, so that a reader can watch a refresh. All
figures that they serve are made up.
"""

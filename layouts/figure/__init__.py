"""What every picture is made of: the chart's contract, frame, axis, labels, source line, export.

Imports ``words``, ``look`` and ``drawing``.
"""

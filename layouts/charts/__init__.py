"""One file or one folder a chart, and one line in ``registry``.

Imports ``figure``, ``words``, ``look`` and ``analysis``.
"""

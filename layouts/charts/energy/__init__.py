"""What did Russian energy cost China? Bills by year, single fuels by month.

Imports ``figure``, ``words`` and ``look``.
"""

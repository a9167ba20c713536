"""From bytes to cells to rows: readers of text, pages and workbooks, of numbers, periods, units and countries.

Imports ``core``.
"""

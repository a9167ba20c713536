"""The one table, its store and the record of a source: what every other room of ``loaders`` rests on.

it imports none of them.
"""

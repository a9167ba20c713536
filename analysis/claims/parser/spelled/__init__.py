"""Numbers spelled out in three languages, put into digits; what is no plain number stays as it is.

Imports the words that ``parser`` reads.
"""

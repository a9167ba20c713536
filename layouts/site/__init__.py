"""The page as a folder that needs no server: which views it holds, their answers packed, the page around them.

Imports the rooms of layouts, ``analysis`` and ``loaders.core``; ``commands`` writes what is made here.
"""

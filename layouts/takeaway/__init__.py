"""What a reader takes along of a chart besides its picture and rows: texts inside pictures, metadata, an archive.

Imports ``layouts.figure``, ``layouts.words``, ``analysis`` and ``loaders.core``.
"""

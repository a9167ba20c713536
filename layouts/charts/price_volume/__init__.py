"""Did Russia sell more, or dearer? Price against volume, constant prices.

Imports ``figure``, and the words of ``goods``.
"""

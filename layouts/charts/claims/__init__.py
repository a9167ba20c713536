"""Is the quoted number right? The article's statements and a reader's own.

Imports ``figure``, ``words`` and ``look``.
"""

"""In whose money do they pay? Shares as stated, and as counted. Imports ``figure``, ``words`` and ``look``."""

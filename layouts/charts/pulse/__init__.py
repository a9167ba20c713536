"""Is trade growing now? Trade by month. Imports ``figure``, ``words`` and ``look``."""

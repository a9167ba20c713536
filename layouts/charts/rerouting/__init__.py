"""Does it go through third countries? Third places, a panel each. Imports ``figure``, ``words`` and ``look``."""

"""Does it go round the back? Third places, a panel each. Imports ``figure``, ``words`` and ``look``."""

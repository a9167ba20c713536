"""Do the two customs offices agree? Imports ``figure``, ``words`` and ``look``."""

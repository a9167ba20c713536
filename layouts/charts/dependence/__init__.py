"""Who needs whom? Each side's share of the other by year. Imports ``figure``, ``words`` and ``look``."""

"""How fast, on what base? Growth by month and to date. Imports ``figure``, and the defaults of ``pulse``."""

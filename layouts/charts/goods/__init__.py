"""What do they trade? The largest goods each way. Imports ``figure``, ``words`` and ``look``."""

"""What of it could go to war? High-priority goods by tier. Imports ``figure``, and the words of ``goods``."""

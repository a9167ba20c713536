"""Price against volume, and growth at constant prices. Imports ``energy`` and ``goods``."""

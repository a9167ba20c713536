"""From a plotted value back to the reported rows that make it up. Imports ``measures.monthly``."""

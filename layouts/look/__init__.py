"""How it looks: colours, type, sizes, and names of elements. Imports ``analysis`` alone."""

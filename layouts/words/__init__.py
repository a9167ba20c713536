"""Words and numbers for people: formats, names of bases, names of files. Imports ``analysis`` alone."""

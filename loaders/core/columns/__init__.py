"""How columns of the one table are compared, ordered and written fast; imports ``loaders.core.schema`` alone."""

"""How columns of the one table are compared, ordered and written; imports ``loaders.core.schema`` alone."""

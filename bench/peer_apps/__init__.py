"""Peers: what a user would build instead of the page, over the same figures; small, synthetic, no part of the product.

They run in an environment of their own (``requirements-bench.txt``) and import nothing of the product.
"""

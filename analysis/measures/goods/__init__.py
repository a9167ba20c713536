"""Goods by code: what is traded, as China's customs count it, and goods of possible military use.

Imports ``monthly``.
"""

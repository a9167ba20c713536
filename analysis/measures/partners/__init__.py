"""The two countries among others: dependence, mirror, third places, currencies of settlement, coverage.

Imports ``monthly``.
"""

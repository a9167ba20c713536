"""Russia's fuels to China: definitions, counts, bills, and the price of crude.

Imports ``monthly``, ``goods`` and ``trace``.
"""

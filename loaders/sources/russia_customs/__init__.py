"""Customs of Russia, and national tables in Russian.

Imports ``core``, ``tables`` and the page and sheet readers of ``china_customs``.
"""

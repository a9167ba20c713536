"""Customs of China: the online query's files, tables by country, major imports. Imports ``core`` and ``tables``."""

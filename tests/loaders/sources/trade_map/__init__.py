"""Tests of loaders/sources/trade_map."""

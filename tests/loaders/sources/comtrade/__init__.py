"""Tests of loaders/sources/comtrade."""

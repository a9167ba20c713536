"""Tests of ``loaders/versions``."""

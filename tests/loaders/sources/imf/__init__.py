"""Tests of loaders/sources/imf."""

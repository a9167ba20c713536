"""Tests of layouts/cards."""

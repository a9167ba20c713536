"""Tests of layouts/words."""

"""Tests of layouts/charts/goods."""

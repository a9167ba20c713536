"""Tests of layouts/charts/pulse."""

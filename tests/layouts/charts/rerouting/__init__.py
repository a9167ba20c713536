"""Tests of layouts/charts/rerouting."""

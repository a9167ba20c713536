"""Tests of layouts/charts/energy."""

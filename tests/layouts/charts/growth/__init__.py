"""Tests of layouts/charts/growth."""

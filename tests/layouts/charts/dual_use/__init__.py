"""Tests of layouts/charts/dual_use."""

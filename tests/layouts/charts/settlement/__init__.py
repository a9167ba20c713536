"""Tests of layouts/charts/settlement."""

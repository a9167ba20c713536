"""Tests of layouts/charts/claims."""

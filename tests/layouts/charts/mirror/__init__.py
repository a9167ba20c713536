"""Tests of layouts/charts/mirror."""

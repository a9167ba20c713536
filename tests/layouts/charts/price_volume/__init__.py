"""Tests of layouts/charts/price_volume."""

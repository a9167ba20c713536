"""Tests of layouts/charts."""

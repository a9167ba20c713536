"""Tests of layouts/charts/dependence."""

"""Tests of ``layouts/figure``."""

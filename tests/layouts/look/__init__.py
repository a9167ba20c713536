"""Tests of ``layouts/look``."""

"""Tests of ``layouts/site``."""

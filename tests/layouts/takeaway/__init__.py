"""Tests of ``layouts/takeaway``."""

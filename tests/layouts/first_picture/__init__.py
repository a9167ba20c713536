"""Tests of ``layouts/first_picture``."""

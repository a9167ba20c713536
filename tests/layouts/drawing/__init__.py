"""Tests of layouts/drawing."""

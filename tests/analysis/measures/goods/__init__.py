"""Tests of analysis/measures/goods."""

"""Tests of analysis/measures/monthly."""

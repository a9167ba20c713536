"""Tests of analysis/measures/partners."""

"""Tests of analysis/measures/energy."""

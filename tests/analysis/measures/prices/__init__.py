"""Tests of analysis/measures/prices."""

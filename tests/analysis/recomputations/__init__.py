"""Tests of the windows that are computed again."""

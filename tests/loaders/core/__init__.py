"""Tests of loaders/core."""

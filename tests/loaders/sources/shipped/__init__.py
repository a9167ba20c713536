"""Tests of loaders/sources/shipped."""

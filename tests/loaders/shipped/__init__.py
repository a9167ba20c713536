"""Tests of loaders/shipped."""

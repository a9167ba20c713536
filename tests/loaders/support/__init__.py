"""Tests of loaders/support."""

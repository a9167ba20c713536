"""Tests of loaders/checking."""

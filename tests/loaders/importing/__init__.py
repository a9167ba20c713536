"""Tests of loaders/importing."""

"""Tests of loaders/sources/world_bank."""

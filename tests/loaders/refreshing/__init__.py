"""Tests of loaders/refreshing."""

"""Tests of loaders/sources/eurostat."""

"""Tests of loaders/sources/russia_customs."""

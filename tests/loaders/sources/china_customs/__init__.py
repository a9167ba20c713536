"""Tests of loaders/sources/china_customs."""

"""Tests of loaders/big_files."""

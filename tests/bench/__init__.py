"""Tests of the benches: that they measure what they say, on made-up pages and values."""

"""Tests of analysis/claims."""

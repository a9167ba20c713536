"""Tests of analysis/claims/parser."""

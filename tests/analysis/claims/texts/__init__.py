"""Tests of analysis/claims/texts."""

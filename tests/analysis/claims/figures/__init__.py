"""Tests of analysis/claims/figures."""

"""Tests of the command line's rooms."""

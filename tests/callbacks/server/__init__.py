"""Tests of callbacks/server."""

"""Tests of ``callbacks/downloads``."""

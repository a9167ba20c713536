"""Wiring only: address to controls, address to charts, downloads, errors."""

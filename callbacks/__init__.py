"""Wiring: address to controls, address to pictures, the panel of a number. Imports ``layouts`` and the towers below."""

"""All that is seen, measured in a browser: pictures of many views, and the page in many windows.

A sample runs with the tests; ``python -m tests.sweep`` walks all of it.
"""

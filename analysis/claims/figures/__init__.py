"""The figures at hand that a claim is set against: values, rates and shares, how prints were revised, the search.

Imports ``parser`` and all measures but ``prices``.
"""

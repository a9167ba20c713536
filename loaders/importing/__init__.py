"""``--import`` and ``--forget``: a reader's files found, unpacked, read, checked and stored, each whole or not at all.

Imports ``checking``, ``big_files`` and the rooms below.
"""

"""Huge text files: only records that can be in scope reach a parser. ``scan.read`` is the one door.

A world file of UN Comtrade, BACI or Chinese customs has millions of rows, of which one in a hundred is kept. To
parse them all takes several times as long as to read the bytes, so the bytes are sifted first:

1. ``scan`` finds in the header where the codes of both countries and of the goods stand, and makes a
   ``row_filter.Pattern`` of it. A layout without them, or a file up to 8 MiB, is read whole by its parser.
2. ``blocks`` cuts the stream into pieces of 4 MiB that end with a line, and lets threads sift them: numpy and Arrow
   do the work outside of Python's lock. No record spans two blocks, and blocks come back in order.
3. ``line_index`` marks line ends, delimiters and quotes of a block as bits, 64 bytes a word. The parity of the quotes
   tells what lies within them, so it is known at once whether each line is one record. Where a block's quotes are not
   so regular, the strict reader of the standard library splits that block alone.
4. ``row_filter`` takes the few distinct codes of each side, eight bytes a number, and asks of each code once whether
   it is China or Russia, near, or far. A record goes where both sides are others, or where one is far and its goods
   are not those kept of every country: told by their first two digits, else by a pattern over the line.
5. What is left, a hundredth, goes with its row numbers (``Reduced``) to the ordinary parser, which does not know
   of any of this. What was dropped is counted by country and named as that parser would.

A record is dropped only on proof: whatever is odd in it (a code with a letter, a lost column, a stray quote) is kept
for the parser to read or to refuse by its row. Tests read each file both ways and compare row by row.

Imports ``core`` and ``tables``.
"""

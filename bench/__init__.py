"""What is measured, runnable by anyone, with its peers beside it."""

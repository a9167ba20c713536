"""What is seen: no HTTP, no store."""

"""What is seen: no HTTP, no store. ``page`` and ``controls`` put together what the other rooms draw."""

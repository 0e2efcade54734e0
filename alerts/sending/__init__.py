"""Making and sending digests."""

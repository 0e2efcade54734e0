"""Many guides in one zip: what is in it, what it would change, and how one is packed."""

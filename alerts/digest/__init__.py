"""What a digest says: which jobs, why, and in which words."""

"""Making one of two: skills, and fields of work, with everything that refers to them."""

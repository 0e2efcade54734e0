"""Staff pages that change the address of a guide or of a field of work."""

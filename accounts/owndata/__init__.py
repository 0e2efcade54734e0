"""What a person may do with everything that is theirs: take it along, or have it deleted."""

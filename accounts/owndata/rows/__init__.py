"""The parts of an export, by where they come from."""

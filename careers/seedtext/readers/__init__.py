"""One module per shape of section. A reader takes the section's `Body` and returns what it `Found`."""

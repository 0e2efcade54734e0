"""Whether the addresses that guides cite still answer."""

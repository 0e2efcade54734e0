"""Zips of guides on the staff pages: kept, read, shown file by file, imported, packed. The worker does it, the page shows how far."""

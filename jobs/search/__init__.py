"""Finding jobs: what is asked (`query`), how it is asked of PostgreSQL (`engine`), and what the page shows (`page`)."""

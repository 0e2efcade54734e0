from jobs.search.query import JobSearch, Sort

__all__ = ["JobSearch", "Sort"]

from careers.search.query import GuideSearch, Sort
from careers.search.results import Results, search_guides

__all__ = ["GuideSearch", "Results", "Sort", "search_guides"]

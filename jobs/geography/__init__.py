"""Countries by every name that feeds use, regions as sets of countries, and who may apply, read from their words."""

from jobs.geography.names import country_of
from jobs.geography.reach import read_reach
from jobs.geography.regions import REGIONS, region_of, regions_of

__all__ = ["REGIONS", "country_of", "read_reach", "region_of", "regions_of"]

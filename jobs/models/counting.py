from django.db.models import IntegerField, Subquery


class RowCount(Subquery):
    """How many rows the inner query has: one number per row of the outer one, without grouping all of it.

    Give the inner query a limit where many may match, so that it reads no more index entries than that.
    """

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

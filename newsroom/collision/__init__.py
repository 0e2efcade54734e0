"""Two people in one guide: nobody saves over the other."""

"""What the pages of jobs show, worked out from rows. Templates take these objects and ask the database nothing."""

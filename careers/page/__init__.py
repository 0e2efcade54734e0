"""The guide page: everything the templates show, worked out from the document. No queries here."""

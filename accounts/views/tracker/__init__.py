"""Pages of the application tracker. All are their owner's alone: what is somebody else's is 404."""

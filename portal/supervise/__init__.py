"""What `make run` runs: database, migrations, sample content, then web and worker until Ctrl-C."""

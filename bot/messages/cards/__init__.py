"""What people see of a release: one small file for each card or family of cards."""

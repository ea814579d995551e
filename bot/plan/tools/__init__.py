"""What each rollout and flag tool can be told, one line at a time, with the version of the tool that was read. Pure."""

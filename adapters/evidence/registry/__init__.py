"""An OCI registry: the digest behind a tag, and whether an image can still be installed."""

"""Pages and public JSON: reads only, through ports.Reads."""

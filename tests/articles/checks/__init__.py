"""The copy-desk's checks."""

"""Lists of corporations, from messy files to the list of homes."""

"""Everything that comes from elsewhere: the only stage that opens a connection."""

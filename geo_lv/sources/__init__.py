"""What comes from other publishers, in their own layout; the only stage that may open a connection."""

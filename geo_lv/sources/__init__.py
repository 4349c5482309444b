"""What comes from other publishers, in their own layout; alone may open a connection."""

"""What the stock of a corporation adds up to: mean labels, the way to targets, complexes."""

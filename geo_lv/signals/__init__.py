"""Where an area differs from the municipality by more than chance and rounding, and since when."""

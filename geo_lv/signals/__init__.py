"""Where an area differs from the municipality by more than chance and rounding: evidence only."""

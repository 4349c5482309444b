"""The whole country: all its homes, and the work per municipality."""

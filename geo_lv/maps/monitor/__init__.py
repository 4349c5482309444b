"""The monitor of the agreements as pages: every goal with its value, path, state and reasons."""

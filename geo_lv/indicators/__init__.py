"""Figures per area: published by CBS, or computed from dwellings and new-build sites."""

"""Tests of the monitor of the agreements."""

"""Run geo_lv with ``python -m geo_lv``."""

from geo_lv.cli import main

main()

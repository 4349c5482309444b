"""``python -m geo_lv.sample DATA_DIR``."""

from geo_lv.sample import main

raise SystemExit(main())

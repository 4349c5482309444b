"""What a release of geo_lv needs beside the wheel; never installed."""

"""Sources refreshed in a data folder, against stand-ins in every mood."""

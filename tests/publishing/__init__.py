"""The folder of a site: what stands in it whatever happens, and for whom it is."""

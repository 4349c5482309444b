"""From a released view to pages: models first, then HTML and downloads."""

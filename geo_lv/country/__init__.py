"""All municipalities in one run: points of the country, tasks, and the page of the whole."""

"""A plan page on paper: A3 sheets in vector, from the same model as the page on the web."""

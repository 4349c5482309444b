"""Files of other publishers, as they come: from their own layout to tables of this project."""

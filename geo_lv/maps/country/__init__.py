"""The page of the whole country: every buurt of every municipality on one map."""

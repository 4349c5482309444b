"""The sheet per wijk for the safety meeting: models, and what stands where in its small charts."""

"""Whether what was agreed is on course: values, paths and states, before anything may leave."""

"""A scenario file opened: with what it extends, made into models, and what is wrong said in plain words."""

"""Fields in which a text may stand that is not part of the document yet."""

"""What views ask for becomes steps of the document."""

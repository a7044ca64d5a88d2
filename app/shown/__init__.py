"""How things are said and shown, the same in terminal and window: figures, failures, colours, the glossary."""

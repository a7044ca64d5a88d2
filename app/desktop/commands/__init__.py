"""Everything that can be done: declared once, shown in menus and found in the palette."""

"""One definition per outcome."""

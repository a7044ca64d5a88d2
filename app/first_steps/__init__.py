"""What is offered to those who begin: templates, and things to try with each scenario."""

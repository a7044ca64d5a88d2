"""How many faults do the tests notice? Faults are put into the sources one by one (`make mutants`); no part of CI."""

"""What the process imports that workers are forked from: all that each task needs, so that they share it.

Whatever fails here fails again in the first task, whose error somebody hears.
"""

import contextlib
import gc

from sim.freed import give_back, give_back_libraries, keep_little

keep_little()
with contextlib.suppress(Exception):
    from sim.experiment.preparing import load_engine

    load_engine()

    from sim.compiling.aside import compile_aside

    compile_aside()

    from sim.experiment.profiles import find_out_aside

    find_out_aside()

    import scipy.special  # noqa: F401  (else each worker would load its own for numbers that are not kept)
give_back()
give_back_libraries()
gc.freeze()  # a worker that looked through it for garbage would get a copy of its own

"""What holds for every test: no test depends on how fast the machine is, nor on what else runs on it."""

import os

# Threads of torch that wait for one another spin while other programs hold the processors: 0.4 s became 16 s.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Every target is a command of run.py, which needs no make: "make test" is "python run.py test".
# "make lock" makes the lock files anew from requirements*.txt (with uv, from pypi.org, for all systems and Pythons).
PY ?= python3

.PHONY: setup run test lint types coverage audit bench snapshot lock
setup run test lint types coverage audit bench snapshot lock:
	@$(PY) run.py $@ $(ARGS)

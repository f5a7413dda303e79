from emulator.fixtures import emulator, stack  # noqa: F401

from emulator.fixtures import emulator, empty, stack  # noqa: F401

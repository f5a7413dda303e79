"""A seccomp filter that fails some of a program's system calls, like a broken disk or a file system without locks."""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
from collections.abc import Callable
from dataclasses import dataclass

# The numbers of <asm/unistd.h>.
NUMBERS = {
    "x86_64": {"pread64": 17, "pwrite64": 18, "fcntl": 72, "fdatasync": 75},
    "aarch64": {"pread64": 67, "pwrite64": 68, "fcntl": 25, "fdatasync": 83},
}
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 22, 38
SECCOMP_MODE_FILTER = 2
RETURN_ERROR, ALLOW = 0x0005_0000, 0x7FFF_0000
LOAD, EQUALS, RETURN = 0x20, 0x15, 0x06  # BPF_LD+BPF_W+BPF_ABS, BPF_JMP+BPF_JEQ+BPF_K, BPF_RET+BPF_K


@dataclass(frozen=True)
class Refusal:
    """Calls of one name fail with an error if an argument, counted from 0, has a value."""

    call: str
    error: int
    argument: int
    value: int


PAGE = 4096
F_SETLK = 6
# SQLite reads and writes whole pages; the loader of a program does not.
READING = Refusal("pread64", errno.EIO, 2, PAGE)
WRITING = Refusal("pwrite64", errno.EIO, 2, PAGE)
LOCKING = Refusal("fcntl", errno.EIO, 1, F_SETLK)
WITHOUT_LOCKS = Refusal("fcntl", errno.ENOLCK, 1, F_SETLK)  # an NFS server without locks


def refusing(refusal: Refusal) -> Callable[[], None]:
    """A function for `preexec_fn` of `Popen`: the filter applies to the started program only."""
    number = NUMBERS[platform.machine()][refusal.call]
    steps = [
        (LOAD, 0, 0, 0),
        (EQUALS, 0, 3, number),
        (LOAD, 0, 0, 16 + 8 * refusal.argument),
        (EQUALS, 0, 1, refusal.value),
        (RETURN, 0, 0, RETURN_ERROR | refusal.error),
        (RETURN, 0, 0, ALLOW),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))
    kernel = ctypes.CDLL(None, use_errno=True)

    def refuse() -> None:
        if kernel.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 or kernel.prctl(
            PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.c_void_p(ctypes.addressof(program)), 0, 0
        ) != 0:
            raise OSError(ctypes.get_errno(), "no filter of system calls can be set")

    refuse.buffers = (code, program)  # the kernel reads them when the function runs
    return refuse

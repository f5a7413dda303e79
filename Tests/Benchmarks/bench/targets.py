"""The targets: the most that each figure may be, as a multiple of another one.

Instructions, bytes and memory do not depend on how busy the machine is, so they may not exceed their limit at all, except
where a comment says why one is out of reach. Times fail only at twice their limit.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """A limit of `factor` times the other figure, plus `plus` of its unit."""

    factor: float = 1
    plus: float = 0
    # The multiple of the limit from which on `make bench` fails.
    gate: float = 2

    def limit(self, other: float) -> float:
        return self.factor * other + self.plus

    def text(self, other: float) -> str:
        return f"≤ {self.limit(other):.1f}" if self.plus else f"≤ {self.factor:.2g} ×"


# Times, in milliseconds.
ONE_ANSWER = Target(plus=6)
# Limit: + 9 at the head, + 16 in the past. A state is verified whole, whatever is printed of it: its 430 contents (900 of the
# fleet) are hashed and parsed, and before that inflated if the state is past.
ONE_RESOURCE = Target(plus=6, gate=3)
# Limit: + 12 at the head, + 20 in the past, for the same reason; + 40 where the index was not verified before.
WHOLE_STATE = Target(plus=10, gate=4)
# Limit: + 17 and + 24, and + 36 in the fleet. Two states are verified, of which the earlier one is inflated where it differs.
TWO_STATES = Target(plus=6, gate=4)
# Limit: 3.5 times git's. For each entry two texts are hashed and parsed strictly, and a state is hashed: 18 us.
ALL_ENTRIES = Target(factor=2)
VERIFICATION = Target(factor=2)
# With the index verified before: git's time. Without: the time of the verification itself.
WARM = COLD = Target()
# The transaction alone, beside all of git.
APPEND = Target()
EVALUATION = Target(factor=0, plus=200, gate=1)
# A walk of calls that each take long takes hardly longer than its longest chain of them.
WALK = Target(factor=1.5, gate=1)

# Instructions and bytes, at the end of a long history and of a short one.
READ_GROWTH = Target(factor=1.5, gate=1)
APPEND_GROWTH = Target(factor=1.1, gate=1)
# The trees that grow with the entries (log_entry and its index, log_content, index_entry, index_parts) have one or two more levels
# at 10,000 entries than at 10: 16 more pages of 4 KiB are read.
APPEND_READING = Target(factor=1.1, plus=64, gate=1)
DRIFT_GROWTH = Target(factor=2, gate=1)

SIZE = Target(gate=1)

# Peak memory. A third of the script is 31 MiB. That is what the code alone takes: 18 MiB of the program, and 14 MiB of the
# libraries. The walk has some 9 MiB more.
RECORD_MEMORY = Target(factor=1 / 3, gate=1.5)
# SQLite keeps up to 2 MiB of the pages of a file that has as many.
READER_MEMORY = Target(factor=1.1, plus=2, gate=1)

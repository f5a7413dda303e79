"""The benchmarks: each of Tidemark's answers beside what gives the same answer without it."""

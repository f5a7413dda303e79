"""The benchmarks: each of Tidemark's answers, compared with another way to get the same answer."""

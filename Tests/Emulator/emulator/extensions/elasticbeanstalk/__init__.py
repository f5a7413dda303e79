"""Elastic Beanstalk: applications, versions and environments that really make what they describe."""

from .answers import install

__all__ = ["install"]

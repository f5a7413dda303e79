"""Elastic Beanstalk: applications, versions and environments, with the resources that they describe."""

from .answers import install

__all__ = ["install"]

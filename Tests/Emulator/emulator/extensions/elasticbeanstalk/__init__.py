"""Elastic Beanstalk: applications, versions and environments that really make what they describe."""

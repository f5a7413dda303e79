"""The Antenna stack as a live AWS endpoint on loopback: moto, extended with what it lacks."""

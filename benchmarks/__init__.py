"""``make bench``: what signing and reading cost, beside what they are compared with."""

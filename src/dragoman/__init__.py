"""Dragoman reads political news into records of who did and said what to whom, according to whom."""

"""What the black-box tests share: a server process, definition builders, runs."""

"""Children on file: found, registered, moved, assessed; and what is drawn from the register."""

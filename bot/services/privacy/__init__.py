"""What need not be kept goes on time; erasing on request; new keys for what stays; whom a breach concerns."""

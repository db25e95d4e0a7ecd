"""Photos, recordings and files: what they are by their bytes, made anew apart from us, settled in the background."""

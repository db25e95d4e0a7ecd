"""委托照护: an arrangement from the first word to its end, in chat, on paper and on the staff page."""

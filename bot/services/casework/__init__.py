"""The staff's side of a report: who is told, who holds it, what is done, and how it ends."""

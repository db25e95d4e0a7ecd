"""The reporter's side of a report: told in chat, read back, filed, come back to with a code."""

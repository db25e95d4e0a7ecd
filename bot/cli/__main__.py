"""`python -m bot.cli`, the same as `hutong`."""

from bot.cli import app

app()

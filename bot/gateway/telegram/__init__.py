"""Telegram: updates are kept before they are acknowledged, words go out through the sender."""

from bot.gateway.telegram.running import Telegram

__all__ = ["Telegram"]

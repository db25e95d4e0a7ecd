"""Carrying a rendered message to a Telegram chat, and what each failure means for its fate."""

from __future__ import annotations

import logging
from collections.abc import Awaitable

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot import texts
from bot.gateway.sender import Fate, Sent

LOG = logging.getLogger("hutong.telegram")
CALLBACK_BYTES = 64
CAPTION = 1024
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UNREADABLE = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError)
"""What PTB raises over an answer whose shape it does not know: a field that is missing, a moment out of all range."""
GONE_WORDS = ("chat not found", "user is deactivated", "bot was blocked", "peer_id_invalid")


class TelegramCarrier:
    """Sends plain text, or a picture with it, one button a row. Never raises for what Telegram or the network does."""

    name = "telegram"

    def __init__(self, bot: ExtBot[None]) -> None:
        self._bot = bot

    async def carry(self, address: str, said: texts.Said, picture: bytes | None = None) -> Sent:
        """Try once; the fate says whether and when to try again."""
        markup = keyboard(said)
        if picture is None:
            return await _tried(
                self._bot.send_message(
                    chat_id=address, text=said.text, reply_markup=markup, link_preview_options=NO_PREVIEW
                )
            )
        return await _tried(
            self._bot.send_photo(chat_id=address, photo=picture, caption=said.text[:CAPTION], reply_markup=markup)
        )

    async def edit(self, address: str, number: str, said: texts.Said) -> Sent:
        """Change a message that Telegram took; what it does not let us change stays as it is."""
        return await _tried(
            self._bot.edit_message_text(
                chat_id=address,
                message_id=int(number),
                text=said.text,
                reply_markup=keyboard(said),
                link_preview_options=NO_PREVIEW,
            )
        )


async def _tried(call: Awaitable[Message | bool]) -> Sent:
    """What became of one call."""
    try:
        taken = await call
        return Sent(Fate.SENT, number=str(taken.message_id) if isinstance(taken, Message) else None)
    except RetryAfter as error:
        pause = error.retry_after
        return Sent(Fate.WAIT, pause if isinstance(pause, int) else pause.total_seconds())
    except Forbidden:
        return Sent(Fate.GONE)
    except BadRequest as error:
        gone = any(words in str(error).lower() for words in GONE_WORDS)
        return Sent(Fate.GONE if gone else Fate.REFUSED)
    except TimedOut:
        return Sent(Fate.UNSURE)
    except (NetworkError, TelegramError):
        return Sent(Fate.LATER)
    except UNREADABLE as error:
        # What Telegram refuses is one of the errors above: this it took, and told of it in words PTB does not know.
        LOG.warning("Telegram took a message; its answer cannot be read (%s)", type(error).__name__)
    return Sent(Fate.SENT)


def keyboard(said: texts.Said) -> InlineKeyboardMarkup | None:
    """One button a row. Raises ValueError for a value longer than Telegram takes back."""
    if not said.choices:
        return None
    for choice in said.choices:
        if len(choice.value.encode()) > CALLBACK_BYTES:
            raise ValueError(f"the button value {choice.value} is longer than {CALLBACK_BYTES} bytes")
    return InlineKeyboardMarkup([[InlineKeyboardButton(c.label, callback_data=c.value)] for c in said.choices])

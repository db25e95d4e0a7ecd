"""What Rasa may see: numbers and codes that point to a person become placeholders; a leading slash is disarmed."""

from __future__ import annotations

from bot.reading.measures import codes

PLACEHOLDERS = {
    "phone": "【电话】",
    "identity_card": "【证件号】",
    "bank_card": "【卡号】",
    "report_code": "【查询码】",
    "pin": "【密码】",
    "invite_code": "【邀请码】",
}
LONGEST = 1000


def mask(text: str) -> str:
    """Masked text of at most 1,000 characters (beginning and end of a longer one), never a Rasa payload."""
    pieces, last = [], 0
    for found in codes.find(text):
        pieces += [text[last : found.start], PLACEHOLDERS[found.kind]]
        last = found.end
    masked = "".join([*pieces, text[last:]])
    if len(masked) > LONGEST:
        masked = masked[: LONGEST // 2] + masked[-LONGEST // 2 :]
    clean = masked.encode("utf-8", "ignore").decode().replace("\0", " ").strip()
    # Rasa strips blanks and then takes a leading slash for an intent of ours: a full-width one is only text.
    return "／" + clean[1:] if clean.startswith("/") else clean

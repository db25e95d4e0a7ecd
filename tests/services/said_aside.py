"""What people say at an open question that is no answer to it, by what it is; and what became of it in a talk."""

from __future__ import annotations

from collections.abc import Mapping

from tests.services.open_questions import Heard

TUNED: Mapping[str, tuple[str, ...]] = {
    "wait": ("等会儿我翻翻本子", "我上屋里找找户口本", "稍等 来客人了", "你等我问问孩子他奶啊"),
    "thanks": ("谢谢啊大妹子", "麻烦你了 费心了"),
    "bye": ("晚上再整 拜拜", "先这样吧 明天再唠"),
    "about": ("那你们管啥", "还有多少个问题", "你记下了没", "一个月多少钱"),
    "policy": ("委托照护书得几个人签字",),
    "other": ("另一件事 我家低保咋停了", "对了还有个事想问你"),
    "only_asking": ("就是随便问问", "我就打听打听"),
    "partial": ("先不报了", "那个报告先别弄了 接着问吧"),
    "slip": ("诶不对", "啥意思 没看懂"),
    "danger_words": ("没打 没见着打", "行 就这"),
}
HELD_OUT: Mapping[str, tuple[str, ...]] = {
    "wait": ("先别急 我去瞅瞅", "等我把饭端下来再跟你说", "容我想想", "我得问问他舅 一会儿告诉你"),
    "thanks": ("太感谢了 真是帮大忙了", "谢谢你们惦记"),
    "bye": ("不早了 睡了啊 明儿接着", "我先下了 有空再说"),
    "about": ("你们是干啥的啊", "快问完了吗", "刚才说的你存上没", "问这个干啥用"),
    "policy": ("爸妈出去多长时间算留守",),
    "other": ("说个别的 学校让交资料费", "我还有别的事跟你说"),
    "only_asking": ("没啥事 闲问一嘴", "我就咨询一下 别当真"),
    "partial": ("报就不报了", "我不想举报谁"),
    "slip": ("哎等等 说岔了", "这问的啥呀"),
    "danger_words": ("没动手", "行 那就这么地吧"),
}
FITTING: Mapping[str, tuple[str, ...]] = {
    "wait": ("open.wait", "report.leaving"),
    "thanks": (
        "open.thanks",
        "report.courtesy",
        "chat.thank",
        "chat.welcome_back",
        "eligibility.so_far",
        "eligibility.done",
    ),
    "bye": (
        "open.bye",
        "report.leaving",
        "eligibility.goodbye",
        "eligibility.so_far",
        "eligibility.stopped",
        "eligibility.done",
    ),
    "policy": ("policy.",),
    "other": ("open.other", "policy.", "report.noted", "report.kept_beside", "report.asked"),
    "only_asking": ("open.only_asking", "chat.no_harm"),
    "partial": ("open.no_report", "report.cancelled"),
    "slip": ("open.slip", "open.plainer", "report.edit", "eligibility.edit"),
}
ABOUT: Mapping[str, tuple[str, ...]] = {
    "那你们管啥": ("open.what_we_do", "chat.help", "eligibility.so_far"),
    "你们是干啥的啊": ("open.what_we_do", "chat.help", "report.faq.police"),
    "还有多少个问题": ("open.left", "report.faq.patience", "eligibility.so_far"),
    "快问完了吗": ("open.left", "report.faq.patience", "eligibility.so_far"),
    "你记下了没": ("open.kept", "report.not_yet"),
    "刚才说的你存上没": ("open.kept", "report.not_yet"),
    "一个月多少钱": ("open.money", "policy."),
    "问这个干啥用": ("open.why", "report.faq.patience"),
}
YES_NO = ("follow_up", "confirm", "consent", "simple", "guardian", "hand.consent")
"""Questions that 行 就这 answers."""
HANDS_OVER = ("你记下了没", "刚才说的你存上没")
"""Asked at what was read back, it hands the report over."""
KEPT_WORDS = ("other", "slip", "danger_words")
"""Of these the words may be kept as more of what was told."""


def wrong(question: str, kind: str, text: str, heard: Heard) -> str | None:
    """What went wrong with such a message at a question: "stored", "lost", "unfitting", "repeated"; None: nothing."""
    if _answers(question, kind, text) or (text in HANDS_OVER and heard.asked[0] == "confirm"):
        return None
    keys = [key for key in heard.keys[0] if key != "report.danger_doubt.beside"]
    before, after = dict(heard.before), dict(heard.after)
    cancelled = kind == "partial" and keys[:1] and keys[0].startswith("report.cancelled")
    same = {name for name in before if name not in ("words", "state", *(["shown"] if kind in KEPT_WORDS else []))}
    if not cancelled and any(before[name] != after[name] for name in same):
        return "stored"
    if kind not in KEPT_WORDS and before["words"] != after["words"]:
        return "stored"
    if keys[:1] == ["eligibility.done"]:
        return None  # thanked before anything was told: it is over
    if after["state"] != "open" and not cancelled:
        return "lost"
    fitting = ABOUT[text] if kind == "about" else FITTING.get(kind, ("",))
    if not keys or not keys[0].startswith(fitting):
        return "unfitting"
    for last, now in zip(heard.questions, heard.questions[1:], strict=False):
        if any(one in last for one in now):
            return "repeated"
    return None


def _answers(question: str, kind: str, text: str) -> bool:
    """Whether the message is an answer there after all."""
    if text.startswith("行"):
        return any(one in question for one in YES_NO)
    if kind == "danger_words":
        return question.startswith("danger_now")
    return kind in ("other", "slip") and question in ("what", "more") and text.startswith(("另一件", "说个"))

"""What somebody asks of the course of a check in the middle of it: where we were, what is missing, all in one sentence,
and that he was asked again what he told.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

WHERE_WERE_WE = re.compile(
    "^(?:刚才|方才|才|刚|咱们?|咱俩|我们?|昨天|上回|那|哎|[,，。 ])*"
    "(?:唠|说|问|聊|整|测|答)到(?:了)?(?:哪|啥地方|什么地方|第几)"
    "(?:儿|里|了|块|疙瘩|旮瘩|一?步|个?问题|来着|[啊呀呢?？ ])*$"
    "|^(?:接着|继续)(?:刚才|上回|昨天)的?(?:说|唠|问|来)?(?:吧|呗)?$"
)
WHAT_IS_MISSING = re.compile(
    "还(?:差|缺|少|短)(?:点|些)?(?:啥|什么|哪[样些个几]|几样)(?!时候|手续|材料|证|天|月)|还有(?:啥|什么)(?:没|要|得)(?:说|问|答|告诉)"
    "|还(?:要|得|用)(?:我)?(?:说|答|告诉你?)(?:点|些)?(?:啥|什么|哪些)"
)
IN_ONE_SENTENCE = re.compile(
    "(?:就|用|给我|给俺|跟我)?一句话(?!没|不|都没|也没)"
    "(?=(?:的事|的话|说|告诉|讲|就|给|总结|概括|[,，。吧呗啊呢!！ ]|$))"
    "|(?:简单|简短|痛快|短)(?:点|些)?(?:地)?说?一句|(?:太长|字太?多)[^,，。]{0,4}(?:一句|总结|短)"
)
TOLD_BEFORE = re.compile(
    "(?:不是|不都|这不|我不)(?:都|才|刚|早|已经|就|跟你|跟您|刚才|[ ])*(?:说|讲|告诉|答)(?:过|完|你|您)*了?(?:吗|嘛|么)"
    "|(?:刚|才|刚刚)(?:说|讲|答)(?:过|完)了?(?!算)|(?:咋|怎么)(?:还|又)问(?:一?遍)?(?:我|这个)?(?:啊|呀|呢)?$"
)
"""不是跟你说了吗 周岁八岁: what was told stands, and is not told by a rule."""

"""People who write every 5 to 7 seconds, each in a talk of its own, as /openapi.json says (docs/driven_by_others.md).

What was refused is sent again with the same Idempotency-Key. At the end each accepted message is looked for in the
SQLite file that DATABASE names: once in the inbox, done, with an answer.
"""

import os
import random
import sqlite3
import sys
import uuid

from locust import HttpUser, between, events, task

SAID = ["邻居家孩子天天挨打，身上都是伤", "现在没有", "公主岭市响水镇姜家店村", "昨天晚上", "不知道叫什么", "可以"]
SAID += ["没错，提交", "谢谢", "查进度", "孩子算不算留守儿童", "爸爸在外地打工", "9岁", "救命 有人拿刀要砍孩子"]
FOUND = (
    "SELECT count(DISTINCT i.id) = 1, sum(i.state = 'done') > 0, count(o.id) > 0 FROM inbox i"
    " LEFT JOIN outbox o ON o.reply_to = i.id WHERE update_key = ?"
)
accepted: list[str] = []


class Person(HttpUser):
    """Opens a talk, then says one thing after another or taps a button of the last answer."""

    wait_time = between(5, 7)

    def on_start(self) -> None:
        opened = self.client.post("/api/conversations").json()
        self.talk, self.where = opened["conversation"], f"/api/conversations/{opened['conversation']}/messages"
        self.client.headers["Authorization"] = f"Bearer {opened['token']}"
        self.said, self.buttons, self.again = 0, [], None

    @task(9)
    def say(self) -> None:
        key, body = self.again or (uuid.uuid4().hex, self._next())
        answer = self.client.post(self.where, json=body, headers={"Idempotency-Key": key}, name="say")
        self.again = (key, body) if answer.status_code != 200 else None
        if answer.status_code == 200:
            accepted.append(f"web:{self.talk}:{key}")
            self.buttons = [choice["value"] for reply in answer.json()["replies"] for choice in reply["choices"]]

    def _next(self) -> dict[str, str]:
        if self.buttons and random.random() < 0.4:
            return {"choice": random.choice(self.buttons)}
        self.said += 1
        return {"text": SAID[(self.said - 1) % len(SAID)]}

    @task(1)
    def news(self) -> None:
        self.client.get(self.where, params={"after": 0}, name="news")


@events.quitting.add_listener
def compare(**_: object) -> None:
    """Print how many were accepted, and how many of them the database holds once, done and answered."""
    base = sqlite3.connect(f"file:{os.environ['DATABASE']}?mode=ro", uri=True)
    rows = [base.execute(FOUND, (key,)).fetchone() for key in accepted]
    sums = [sum(column) for column in zip(*rows, strict=True)]
    sys.stdout.write(f"accepted {len(rows)}; once in the inbox, done, answered: {sums}\n")

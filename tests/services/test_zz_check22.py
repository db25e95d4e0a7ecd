import os, sys
from tests.conftest import *  # noqa
from tests.conftest import Hands
from tests.builders import World
from bot import texts
from bot.reading.where import places


def test_play(world: World, hands: Hands):
    v = places.find("公主岭市响水镇姜家店村").best
    if os.environ.get("STAFF", "1") == "1":
        world.staff("child_director", v.code)
    talk = None
    for line in open(os.environ["TALKS"]).read().splitlines():
        if not line.strip():
            continue
        if line.startswith("# "):
            print("\n=====", line[2:])
            talk = world.citizen()
            continue
        if line.startswith(">>"):
            hands.forward(hours=float(line[2:]))
            print("... later", line[2:])
            continue
        if line.startswith("["):
            print("TAP:", line)
            world.tap(talk, line.strip("[]"))
        else:
            print("ME:", line)
            world.say(talk, line)
        # new said
        import builtins

        said = world.said(talk)
        n = getattr(test_play, "n", {}).get(talk, 0)
        test_play.n = {**getattr(test_play, "n", {}), talk: len(said)}
        for s in said[n:]:
            print(
                "   >",
                s.text.replace("\n", "\n     "),
                ("[" + " | ".join(getattr(c, "label", str(c)) for c in s.choices) + "]")
                if getattr(s, "choices", None)
                else "",
            )

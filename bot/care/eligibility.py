"""Whether a child is 留守 or 困境, as a first indication (初步判断): recognition is an act of civil affairs.

This is the public door of the eligibility model; everything is pure, `on` is the day of assessment.

* `assess(facts, on, model=None, *, protected=False) -> Assessment`: `.results` (six: left_behind, hardship,
  hardship_family, hardship_self, hardship_guardianship, rural_single_parent → eligible / not_eligible /
  needs_verification), `.matched`, `.pending`, `.considered_not_met`, `.emergency_report_required`, `.benefit_flags`,
  `.citations`, `.unasked_by`, `.unasked`, `.recheck_on`, `.model_version`; `.as_dict()` has the keys of output_schema.
* `next_question(facts, on, goal=None, model=None) -> Question | None`: `.fact`, `.text`, `.kind` (enum, integer, date),
  `.choices` (each `.value`, `.label`; 不清楚 and 不方便说 give "unknown"), `.delicate` (asked one at a time), `.screen`
  (one question for several facts: `.text`, `.facts`, `.choices` with `.facts` to store or `.follow`, the fact to ask
  next with `question`). `goal` is one result; without it all of them are asked for.
* `safety_question(facts, on, model=None) -> Question | None`: the safety screen that opens every flow, for any goal.
* `questions_left(facts, on, model=None) -> int`: about how many more there are, for who asks.
* `question(fact, model) -> Question`: how one fact is asked, to change an answer or to follow a screen up.
* `explain(facts, on, model=None, *, protected=False) -> Explanation`: `.assessment` and `.reasons[result]`, each reason
  with `.code`, `.label`, `.outcome`, `.considered`, `.grounds` (`.name`, `.said`, `.origin`, `.open`, `.suppliers`),
  `.quotes` (`.id`, `.title`, `.phrases`) and `.evidence`.
* `what_would_change(facts, on, result=None, model=None) -> tuple[Change, ...]`: `.fact`, `.value`, `.name`, `.said`,
  `.results[result] == (now, then)`.
* `recheck_on(facts, on, model=None) -> date | None` and, when months are told as a number only,
  `recheck_in_months(facts, on, model=None) -> int | None`.
* `contradictions(facts, on, model=None) -> tuple[Contradiction, ...]`: told facts that cannot be true together.

`facts` are told facts by the ids of eligibility.yml: absent means never asked, "unknown" means asked and not known.
Days are `date` or ISO text. Facts that cannot be read raise `WrongFacts` (`.problems`: a Chinese sentence by fact id).
`model` is a version of `bot.care.model` (`in_force(on)`, `version("1.1.0")`). `protected` hides what only readers of
child_hiv may see.
"""

from bot.care.assessment import Assessment, assess
from bot.care.changes import Change, recheck_in_months, recheck_on, what_would_change
from bot.care.child_facts import WrongFacts
from bot.care.contradictions import Contradiction, contradictions
from bot.care.explaining import Explanation, Ground, Quote, Reason, explain
from bot.care.questions import Choice, Question, next_question, question, questions_left, safety_question
from bot.care.screens import Screen, ScreenChoice

__all__ = [
    "Assessment",
    "Change",
    "Choice",
    "Contradiction",
    "Explanation",
    "Ground",
    "Question",
    "Quote",
    "Reason",
    "Screen",
    "ScreenChoice",
    "WrongFacts",
    "assess",
    "contradictions",
    "explain",
    "next_question",
    "question",
    "questions_left",
    "recheck_in_months",
    "recheck_on",
    "safety_question",
    "what_would_change",
]

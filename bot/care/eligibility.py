"""Whether a child is 留守 or 困境, as a first indication (初步判断): recognition is an act of civil affairs.

This is the public door of the eligibility model; everything is pure, `on` is the day of assessment.

* `assess(facts, on, model=None) -> Assessment`: `.results` (six: left_behind, hardship, hardship_family, hardship_self,
  hardship_guardianship, rural_single_parent → eligible / not_eligible / needs_verification), `.matched`, `.pending`,
  `.considered_not_met`, `.emergency_report_required`, `.benefit_flags`, `.citations`, `.unasked_by`, `.unasked`,
  `.recheck_on`, `.model_version`; `.as_dict()` has the keys of output_schema.
* `next_question(facts, on, goal=None, model=None) -> Question | None`: `.fact`, `.text`, `.kind` (enum, integer, date),
  `.choices` (each `.value`, `.label`; 不清楚 and 不方便说 give "unknown"), `.delicate` (asked one at a time).
  `goal` is one result; without it all of them are asked for.
* `question(fact, model) -> Question`: how one fact is asked, to change an answer.

`facts` are told facts by the ids of eligibility.yml: absent means never asked, "unknown" means asked and not known.
Days are `date` or ISO text. `model` is a version of `bot.care.model` (`in_force(on)`, `version("1.1.0")`).
"""

from bot.care.assessment import Assessment, assess
from bot.care.questions import Choice, Question, next_question, question

__all__ = ["Assessment", "Choice", "Question", "assess", "next_question", "question"]

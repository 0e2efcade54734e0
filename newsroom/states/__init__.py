"""The way of a guide to the public: draft, in review, scheduled, published, retired; and the verbs that lead from one to another."""

from newsroom.states.rules import RULES, Rule, Verb, allowed
from newsroom.states.steps import Refused, carry_out

__all__ = ["RULES", "Refused", "Rule", "Verb", "allowed", "carry_out"]

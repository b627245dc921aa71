"""A gym's trial month: nine of ten reach the goal, and the one barrier is small and common."""

from __future__ import annotations

from bench.truth.aliens.life import DAY, HOUR, Alien, Life, Planted, beginnings, choose, parameters

MAP = """\
map: Trial month
unit: customer
goal: [Membership]
within: 60d
stages:
  - stage: Start
    touchpoints:
      - touchpoint: Sign-up
        when: {activity: [signed_up]}
        actor: customer
      - touchpoint: First talk
        when: {activity: [coach_met]}
        actor: employee
  - stage: Training
    touchpoints:
      - touchpoint: Gate
        when: {activity: [came_in, gate_stuck]}
        actor: customer
      - touchpoint: Shower
        when: {activity: [shower_cold]}
        actor: system
      - touchpoint: Question
        when: {activity: [asked]}
        actor: customer
        expects: {best: At once, worst: Never, within: %(limit)dh}
      - touchpoint: Reply
        when: {activity: [replied]}
        actor: employee
  - stage: Staying
    touchpoints:
      - touchpoint: Membership
        when: {activity: [membership_bought]}
        actor: customer
"""


def build(seed: int, customers: int) -> Alien:
    rng = parameters("gym", seed)
    gate, hurt_gate = rng.uniform(0.25, 0.4), rng.uniform(0.08, 0.14)
    limit = int(rng.integers(12, 40)) * HOUR
    cold, reply = rng.uniform(0.15, 0.3), limit * rng.uniform(0.5, 0.8)
    gate_since, hall = int(rng.integers(40, 80)), str(rng.choice(["river", "station"]))

    def story(life: Life) -> None:
        keen = life.of["sport"] != "never"
        life.happens("signed_up", channel="app")
        life.happens("coach_met", life.around("coach", DAY, 0.5), "hall", "employee", "Coaches")
        life.happens("came_in", life.around("first", DAY, 0.5), "hall")
        stuck = gate * (1.8 if life.of["hall"] == hall else 0.5) * (1.0 if life.day >= gate_since else 0.2)
        if life.meets("gate", stuck):
            life.happens("gate_stuck", 5, "hall", "system", status="failed")
            life.hurt += hurt_gate
            life.mood -= 0.6
        if life.meets("cold", cold):
            life.happens("shower_cold", HOUR, "hall", "system", status="failed")
            life.mood -= 1.2
        for n in range(1 + int(3 * life.u("visits") + (2 if keen else 0))):
            life.happens("came_in", life.around(f"visit {n}", 3 * DAY, 0.4), "hall")
        life.answers("csat", 0.4, "came_in")
        if life.chance("asks", 0.2 if keen else 0.4):
            life.happens("asked", HOUR, "app")
            life.waits("slow reply", life.around("reply", reply, 0.8), limit)
            life.happens("replied", 0, "app", "employee", "Desk")
        if life.leaves("goes", 0.04 if keen else 0.11):
            return
        life.happens("membership_bought", life.around("buys", 2 * DAY, 0.6), "app")
        life.goal()
        life.answers("nps", 0.4, "membership_bought")

    planted = (
        Planted("gate", "barrier", "failure", "Gate", "gate_stuck", 1, (("hall", hall),), gate_since),
        Planted("cold", "inconvenience", "failure", "Shower", "shower_cold", also=("contact",)),
        Planted("slow reply", "harmless", "silence", "Question", "asked", limit, also=("wait", "contact"),
                why="noise, among beginners who buy less"),
    )  # fmt: skip
    people = {
        "sport": choose(rng, customers, {"never": 2, "sometimes": 3, "often": 2}),
        "hall": choose(rng, customers, {"river": 2, "station": 2, "park": 3}),
    }
    return Alien(
        "gym", seed, MAP % {"limit": limit / HOUR}, planted, people, list(range(customers)),
        beginnings(rng, customers, 150), 150, 60 * DAY, story,
        ("customer_id", "time", "activity", "channel", "actor", "performer", "status"),
    )  # fmt: skip

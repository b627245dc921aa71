"""A telecom support line: customers hang up while they hold, and two attributes matter only together."""

from __future__ import annotations

from bench.truth.aliens.life import DAY, HOUR, MINUTE, Alien, Life, Planted, beginnings, choose, parameters

MAP = """\
map: Trouble with the line
unit: customer
goal: [Line works]
within: 30d
stages:
  - stage: Trouble
    touchpoints:
      - touchpoint: Trouble noticed
        when: {activity: [trouble_noticed]}
        actor: customer
      - touchpoint: Voice menu
        when: {activity: [menu_opened, menu_misheard, menu_left]}
        actor: customer
  - stage: Talking
    touchpoints:
      - touchpoint: On hold
        when: {activity: [held, hung_up]}
        actor: system
        expects: {best: Answered at once, worst: Music for an hour, within: %(limit)dm}
        process: {owner: Care, department: First line}
      - touchpoint: Talk to an agent
        when: {activity: [agent_answered, number_asked]}
        actor: employee
        process: {owner: Care, department: First line}
      - touchpoint: Expert
        when: {activity: [expert_took_over]}
        actor: employee
        process: {owner: Care, department: Second line}
  - stage: Repair
    touchpoints:
      - touchpoint: Visit agreed
        when: {activity: [visit_agreed]}
        actor: customer
      - touchpoint: Status page
        when: {activity: [status_looked_up]}
        actor: customer
      - touchpoint: Visit
        when: {activity: [visit_done, nobody_home, not_mended]}
        actor: employee
        process: {owner: Field, department: Field crew}
      - touchpoint: Line works
        when: {activity: [line_restored]}
        actor: system
"""


def build(seed: int, customers: int) -> Alien:  # noqa: PLR0915 - a life is one story
    rng = parameters("telecom", seed)
    limit = int(rng.integers(3, 9)) * MINUTE
    hold = limit * rng.uniform(0.55, 0.8)
    patience, angry = limit * rng.uniform(3, 6), rng.uniform(0.05, 0.2)
    expert, lost_at_expert = rng.uniform(0.12, 0.25), rng.uniform(0.12, 0.3)
    asked_again = rng.uniform(0.12, 0.3)
    asked_plan = str(rng.choice(["prepaid", "contract", "family"]))
    expert_since = int(rng.integers(40, 75))

    def story(life: Life) -> None:
        area, plan = life.of["area"], life.of["plan"]
        crossed = (area == "rural" and plan == "prepaid") or (area == "city" and plan == "contract")
        life.happens("trouble_noticed", channel="app")
        if life.leaves("menu", 0.05):
            return
        life.happens("menu_opened", life.around("to menu", 2 * HOUR, 1), channel="call")
        if life.meets("misheard", 0.45 if crossed else 0.06):
            life.happens("menu_misheard", 20, channel="call", actor="system")
        if life.leaves("after menu", 0.38 if crossed else 0.07):
            life.happens("menu_left", 25, channel="call")
            return
        life.happens("held", 40, channel="call", actor="system", performer="First line")
        evening = 1.5 if life.t % DAY > 17 * HOUR else 1.0
        seconds = life.around("hold", hold * evening, 0.8)
        served = life.waits("hold", seconds, limit, life.around("patience", patience, 0.9))
        if not served:
            life.happens("hung_up", 1, channel="call")
            return
        if "hold" in life.met:
            life.hurt += angry
            life.mood -= 1.0
            life.pains.append("Held the line forever, nobody picks up")
        life.happens("agent_answered", 1, channel="call", actor="employee", performer="First line")
        life.happens("number_asked", 15, channel="call", actor="employee", performer="First line")
        if life.meets("number", asked_again * (2.2 if plan == asked_plan else 0.6)):
            life.happens("number_asked", 120, channel="call", actor="employee", performer="First line")
            life.mood -= 1.3
            life.pains.append("They asked my number twice")
        if life.meets("expert", expert * (1.0 if life.day >= expert_since else 0.15)):
            life.happens("expert_took_over", 200, channel="call", actor="employee", performer="Second line")
            life.hurt += lost_at_expert
            life.mood -= 0.8
            life.pains.append("Passed from one person to another, told everything again")
        life.answers("csat", 0.25, "agent_answered", ("Helpful agent", "Not helpful"))
        if life.leaves("agree", 0.08):
            return
        life.happens("visit_agreed", life.around("agree", 10 * MINUTE, 0.7), channel="call")
        repair(life)

    def repair(life: Life) -> None:
        days = life.around("visit in", 2.5, 0.6)
        nosy = life.of["tenure"] == "new"
        begin, often = life.t, 0.8 if nosy else 2.6
        life.reached.add("looks")
        for n in range(12):
            life.t += life.around(f"look {n}", often * DAY, 0.8)
            if life.t > begin + days * DAY or (n == 1 and life.without == "looks"):
                break
            life.happens("status_looked_up", channel="app")
            if n == 1:
                life.met["looks"] = life.t
        life.t = begin + days * DAY
        if life.leaves("no show", 0.22 if nosy else 0.08):
            life.happens("nobody_home", actor="employee", performer="Field crew")
            return
        life.happens("visit_done", actor="employee", performer="Field crew")
        if life.chance("not mended", 0.06):
            life.happens("not_mended", HOUR, actor="employee", performer="Field crew")
            return
        life.happens("line_restored", life.around("mend", HOUR, 0.5), actor="system")
        life.goal()
        life.answers("nps", 0.3, "line_restored", ("Works again, thank you", "Took long"))

    planted = (
        Planted("hold", "barrier", "wait", "On hold", "held", limit),
        Planted("expert", "barrier", "handover", "Expert", "expert_took_over", since=expert_since),
        Planted("number", "inconvenience", "repeat", "Talk to an agent", "number_asked", 2, (("plan", asked_plan),)),
        Planted("misheard", "harmless", "failure", "Voice menu", "menu_misheard", also=("repeat",),
                why="confounded by area and plan together"),
        Planted("looks", "harmless", "repeat", "Status page", "status_looked_up", 2,
                why="grows with the time on the journey, and with tenure"),
    )  # fmt: skip
    people = {
        "area": choose(rng, customers, {"city": 5, "suburb": 3, "rural": 3}),
        "plan": choose(rng, customers, {"prepaid": 4, "contract": 4, "family": 2}),
        "tenure": choose(rng, customers, {"new": 3, "old": 7}),
        "phone": choose(rng, customers, {"A": 1, "B": 1, "C": 1}),
    }
    late = {"kind": "gap", "obstacle": "wait", "touchpoint": "On hold", "expectation": "within"}
    return Alien(
        "telecom", seed, MAP % {"limit": limit / MINUTE}, planted, people, list(range(customers)),
        beginnings(rng, customers, 120), 120, 30 * DAY, story,
        ("customer_id", "time", "activity", "channel", "actor", "performer"),
        extra=(late,),
    )  # fmt: skip

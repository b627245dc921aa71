"""A moving firm in which nothing is wrong: six decoys, each confounded in another way, and nobody writes anything."""

from __future__ import annotations

from bench.truth.aliens.life import DAY, HOUR, MINUTE, Alien, Life, Planted, beginnings, choose, parameters

MAP = """\
map: Moving house
unit: case
goal: [Moved]
within: 45d
stages:
  - stage: Asking
    touchpoints:
      - touchpoint: Request
        when: {activity: [request, form_hung]}
        actor: customer
      - touchpoint: Call back
        when: {activity: [called_back]}
        actor: employee
        expects: {best: At once, worst: Never, within: %(limit)dm}
  - stage: Price
    touchpoints:
      - touchpoint: Visit agreed
        when: {activity: [visit_agreed]}
        actor: customer
      - touchpoint: Measuring
        when: {activity: [measured, measured_again]}
        actor: employee
      - touchpoint: Price
        when: {activity: [price]}
        actor: employee
      - touchpoint: Own question
        when: {activity: [question]}
        actor: customer
  - stage: Day of moving
    touchpoints:
      - touchpoint: Booking
        when: {activity: [booked, called_off]}
        actor: customer
      - touchpoint: Moved
        when: {activity: [moved]}
        actor: employee
"""


def build(seed: int, customers: int) -> Alien:
    rng = parameters("moving", seed)
    limit = int(rng.integers(20, 60)) * MINUTE
    call = limit * rng.uniform(0.5, 0.8)
    poor = {"studio": 0.4, "flat": 0.25, "house": 0.1}
    weak = {"advert": 0.35, "friends": 0.05, "search": 0.15}
    peak = int(rng.integers(50, 90))

    def story(life: Life) -> None:
        home, came, busy = life.of["home"], life.of["came"], peak <= life.day < peak + 20
        channel = "phone" if life.chance("by phone", 0.3 if came == "friends" else 0.15) else "web"
        life.happens("request", 0, channel)
        if life.meets("hung", 0.3 if came == "advert" else 0.05):
            life.happens("form_hung", 20, channel, status="failed")
        life.waits("slow call", life.around("call", call * (2.2 if busy else 1.0), 0.7), limit)
        life.happens("called_back", 0, "phone", "employee", "Desk")
        if life.leaves("lost", weak[came]) or life.leaves("curious", 0.2 if busy else 0.08):
            return
        life.happens("visit_agreed", life.around("agreed", 3 * HOUR, 0.8), "phone")
        life.happens("measured", life.around("measuring", 2 * DAY, 0.5), "visit", "employee", "Crew")
        if life.meets("again", 0.35 if home == "studio" else 0.08):
            life.happens("measured_again", life.around("again", DAY, 0.4), "visit", "employee", "Crew")
        life.happens("price", life.around("price", 8 * HOUR, 0.5), "mail", "employee", "Pricing")
        if life.meets("question", {"studio": 0.45, "flat": 0.25, "house": 0.1}[home]):
            life.happens("question", life.around("question", 5 * HOUR, 0.6), "phone")
        if life.leaves("dear", poor[home]):
            return
        life.happens("booked", life.around("booked", DAY, 0.7), "web")
        if life.leaves("off", 0.05):
            life.happens("called_off", life.around("off", 3 * DAY, 0.5), "phone")
            return
        life.happens("moved", life.around("moved", 8 * DAY, 0.4), "visit", "employee", "Crew")
        life.goal()
        life.answers("rating", 0.3, "moved")

    planted = (
        Planted("hung", "harmless", "failure", "Request", "form_hung", 1, (("came", "advert"),),
                also=("repeat", "switch"), why="confounded by who comes"),
        Planted("slow call", "harmless", "wait", "Request", "request", limit, why="confounded by the calendar"),
        Planted("again", "harmless", "repeat", "Measuring", "measured_again", 1, why="confounded by the home"),
        Planted("question", "harmless", "contact", "Own question", "question", 1, also=("switch",),
                why="confounded by the home"),
    )  # fmt: skip
    people = {
        "home": choose(rng, customers, {"studio": 3, "flat": 4, "house": 2}),
        "came": choose(rng, customers, {"advert": 3, "friends": 2, "search": 3}),
        "floor": [str(n) for n in rng.integers(1, 25, customers)],
    }
    return Alien(
        "moving", seed, MAP % {"limit": limit / MINUTE}, planted, people, list(range(customers)),
        beginnings(rng, customers, 140), 140, 45 * DAY, story,
        ("customer_id", "case_id", "time", "activity", "channel", "actor", "performer", "status"),
    )  # fmt: skip

"""An airline: three columns, one journey from ticket to the next ticket months later, which few buy.

Summer brings both delays and those who fly once a year; card holders call more, wait less and come back more. Local
times to the minute with no offset. One score only, NPS; the unhappy answer more.
"""

from __future__ import annotations

import numpy as np
from bench.truth.aliens.life import DAY, HOUR, MINUTE, Alien, Life, Planted, choose, minutes, parameters

MAP = """\
map: Flight
unit: customer
goal: [Next ticket]
within: 200d
stages:
  - stage: Ticket
    touchpoints:
      - touchpoint: Ticket
        when: {activity: [ticket_bought, ticket_changed]}
        actor: customer
      - touchpoint: Hotline
        when: {activity: [hotline_called]}
        actor: customer
  - stage: Airport
    touchpoints:
      - touchpoint: Check-in
        when: {activity: [checkin_error, checked_in]}
        actor: customer
      - touchpoint: Flight called off
        when: {activity: [flight_cancelled]}
        actor: system
      - touchpoint: Gate
        when: {activity: [at_gate]}
        actor: customer
        expects: {best: Walk straight in, worst: Sit on the floor, within: %(gate)dm}
      - touchpoint: Boarding
        when: {activity: [boarded]}
        actor: employee
  - stage: Arrival
    touchpoints:
      - touchpoint: Landing
        when: {activity: [landed]}
        actor: system
      - touchpoint: Claim
        when: {activity: [claim_filed]}
        actor: customer
        expects: {best: Money at once, worst: Silence, within: %(claim)dd}
      - touchpoint: Claim answered
        when: {activity: [claim_answered]}
        actor: employee
  - stage: Again
    touchpoints:
      - touchpoint: Next ticket
        when: {activity: [next_ticket_bought]}
        actor: customer
"""


def build(seed: int, customers: int) -> Alien:  # noqa: PLR0915 - a life is one story
    rng = parameters("airline", seed)
    gate, claim = int(rng.integers(5, 9)) * 10 * MINUTE, int(rng.integers(10, 21)) * DAY
    hurt_off, hurt_claim, hurt_crew = rng.uniform(0.12, 0.2), rng.uniform(0.15, 0.25), rng.uniform(0.15, 0.25)
    hurt_error, error = rng.uniform(0.06, 0.1), rng.uniform(0.1, 0.2)
    off_since, off_in = int(rng.integers(110, 260)), str(rng.choice(["Oslo", "Porto"]))
    loyal = {"none": 0.3, "silver": 0.55, "gold": 0.8}
    calls = {"none": 0.06, "silver": 0.2, "gold": 0.4}
    queue = {"none": 1.25, "silver": 0.9, "gold": 0.5}

    def story(life: Life) -> None:
        life.mood += 0.9
        card, season = life.of["card"], life.begins / DAY % 365
        summer, business = 140 < season < 240, life.of["flies"] == "business"
        life.happens("ticket_bought")
        flies_in = 2 * DAY + life.around("flies in", (7 if business else 25) * DAY, 0.5)
        if life.meets("hotline", calls[card]):
            life.happens("hotline_called", min(life.around("calls", 2 * DAY, 0.8), 0.6 * flies_in))
        life.t = life.begins + flies_in
        if life.leaves("stays home", 0.04):
            return
        # A word of error in the name is all there is to know it by. It hurts those without a card, others get help.
        if life.meets("error", error):
            life.happens("checkin_error", -20 * HOUR)
            life.t += 20 * HOUR - 10 * MINUTE
            life.mood -= 0.6
            life.hurt += hurt_error if card == "none" else 0.0
        life.happens("checked_in", -19 * HOUR)
        life.t += 19 * HOUR
        called_off = 0.13 * (2.2 if life.of["home"] == off_in else 0.5)
        if life.meets("off", called_off * (1 if life.day >= off_since else 0.1)):
            life.happens("flight_cancelled")
            life.happens("ticket_changed", life.around("changed", 3 * HOUR, 0.6))
            life.hurt += hurt_off
            life.mood -= 1.0
            life.pains.append("They cancelled the flight and I had to find another one")
            life.happens("checked_in", life.around("another", 9 * HOUR, 0.5))
        life.happens("at_gate", HOUR)
        life.waits("gate", life.around("gate", gate * 0.6 * queue[card] * (1.5 if summer else 0.8), 0.5), gate)
        if "gate" in life.met:
            life.mood -= 1.4
            life.pains.append("No seats at the gate and nobody told us anything")
        life.happens("boarded")
        life.happens("landed", life.around("flight", 3 * HOUR, 0.4))
        judged(life)
        landed = life.t
        if life.chance("bag", 0.1 if summer else 0.05):
            life.happens("claim_filed", life.around("files", DAY, 0.6))
            life.waits("claim", life.around("reply", claim * 0.85, 0.8), claim)
            if "claim" in life.met:
                life.hurt += hurt_claim
                life.mood -= 1.0
            life.happens("claim_answered")
        if life.leaves("once a year", 1 - loyal[card] * (0.95 if business else 0.5)):
            return
        life.t = max(life.t, landed) + life.around("again", (20 if business else 45) * DAY, 0.5)
        if life.t > life.begins + 190 * DAY:
            life.t = life.begins + 190 * DAY
        life.happens("next_ticket_bought")
        life.goal()

    def judged(life: Life) -> None:
        """A rude crew is in no column: only the score of those who answer tells, and grumblers give low ones anyway."""
        rude, before, said = life.chance("rude", 0.12), life.mood, len(life.said)
        life.mood -= 3.0 if rude else 0.0
        life.answers("nps", 0.5 if life.mood < -1 else 0.25, "landed", ("Nice crew", "Never again"))
        answered = len(life.said) > said
        low = answered and life.said[-1][2] <= 6
        if answered:
            life.reached.add("crew")
        if low and life.without == "crew":
            life.said.pop()
            life.mood, rude = before, False
        elif low:
            life.met["crew"] = life.t
        life.hurt += hurt_crew if rude else 0.0

    planted = (
        Planted("off", "barrier", "return", "Ticket", "ticket_changed", 1, (("home", off_in),), off_since,
                also=("failure", "repeat", "switch", "wait"), also_at=("Flight called off", "Check-in")),
        Planted("error", "barrier", "failure", "Check-in", "checkin_error", also=("repeat",)),
        Planted("claim", "barrier", "silence", "Claim", "claim_filed", claim, also=("wait", "contact")),
        Planted("crew", "barrier", "low_score", "Landing", "landed", 6),
        Planted("gate", "inconvenience", "wait", "Gate", "at_gate", gate),
        Planted("hotline", "harmless", "contact", "Hotline", "hotline_called", 1,
                why="card holders call more and come back more"),
    )  # fmt: skip
    flies = choose(rng, customers, {"business": 4, "holiday": 5})
    season = np.where(np.array(flies) == "holiday", rng.normal(185, 45, customers), rng.uniform(0, 365, customers))
    begins = (np.floor(season % 365) + 365 * rng.integers(0, 2, customers)) * DAY
    cards = {"business": {"none": 3, "silver": 4, "gold": 3}, "holiday": {"none": 8, "silver": 2, "gold": 1}}
    drawn = {kind: choose(rng, customers, shares) for kind, shares in cards.items()}
    people = {
        "flies": flies,
        "card": [drawn[kind][n] for n, kind in enumerate(flies)],
        "home": choose(rng, customers, {"Oslo": 2, "Porto": 2, "Vienna": 3}),
    }
    return Alien(
        "airline", seed, MAP % {"gate": gate / MINUTE, "claim": claim / DAY}, planted, people, list(range(customers)),
        (begins + 6 * HOUR + rng.random(customers) * 15 * HOUR).tolist(), 800, 200 * DAY, story,
        ("customer_id", "time", "activity"), quirks=minutes,
    )  # fmt: skip

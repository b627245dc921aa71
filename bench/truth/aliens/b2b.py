"""Sales to companies: a few hundred long cases, better customers do more of everything, many are still open."""

from __future__ import annotations

from bench.truth.aliens.life import DAY, HOUR, Alien, Life, Planted, beginnings, choose, parameters

MAP = """\
map: Selling machines
unit: case
goal: [Contract signed]
within: 180d
stages:
  - stage: Getting to know
    touchpoints:
      - touchpoint: First contact
        when: {activity: [lead_created]}
        actor: customer
      - touchpoint: Meetings
        when: {activity: [meeting_held]}
        actor: customer
  - stage: Requirements
    touchpoints:
      - touchpoint: Requirements
        when: {activity: [requirements_agreed]}
        actor: customer
      - touchpoint: Portal
        when: {activity: [portal_login, portal_error]}
        actor: customer
  - stage: Offer
    touchpoints:
      - touchpoint: Offer promised
        when: {activity: [offer_promised]}
        actor: employee
        process: {owner: Sales, department: Pricing}
      - touchpoint: Offer
        when: {activity: [offer_sent]}
        actor: employee
  - stage: Contract
    touchpoints:
      - touchpoint: Negotiation
        when: {activity: [negotiation]}
        actor: customer
      - touchpoint: Legal
        when: {activity: [legal_review]}
        actor: employee
        process: {owner: Legal, department: Legal}
      - touchpoint: Contract signed
        when: {activity: [contract_signed]}
        actor: customer
"""


def build(seed: int, customers: int) -> Alien:
    rng = parameters("b2b", seed)
    promise = int(rng.integers(5, 12)) * DAY
    late, lost_late = promise * rng.uniform(0.7, 0.95), rng.uniform(0.2, 0.4)
    lost_back, portal = rng.uniform(0.2, 0.4), rng.uniform(0.15, 0.3)
    back_in = str(rng.choice(["food", "metal", "wood"]))
    portal_since = int(rng.integers(100, 250))
    cool = {"tiny": 0.4, "small": 0.25, "middle": 0.13, "large": 0.05}
    meetings = {"tiny": 0.3, "small": 0.7, "middle": 1.4, "large": 2.4}

    def story(life: Life) -> None:
        size = life.of["size"]
        life.happens("lead_created", channel="web")
        if life.leaves("cold", cool[size]):
            return
        life.reached.add("meetings")
        count = 1 + int(meetings[size] * 2 * life.u("meetings"))
        for n in range(min(count, 2) if life.without == "meetings" else count):
            life.happens("meeting_held", life.around(f"meeting {n}", 6 * DAY, 0.6), "visit", performer="Sales")
            if n == 2:
                life.met["meetings"] = life.t
        if life.leaves("no need", cool[size] * 0.8):
            return
        life.happens("requirements_agreed", life.around("agreed", 8 * DAY, 0.5), "visit", performer="Sales")
        if life.meets("portal", portal * (1.0 if life.day >= portal_since else 0.15)):
            life.happens("portal_error", DAY, "web")
            life.mood -= 1.2
            life.pains.append("The portal threw an error when I logged in")
        life.happens("portal_login", life.around("portal", DAY, 0.5), "web")
        life.happens("offer_promised", 2 * HOUR, "mail", "employee", "Pricing", promised_in=promise)
        life.waits("late", life.around("offer", late, 0.6), promise)
        life.happens("offer_sent", 0, "mail", "employee", "Pricing")
        if "late" in life.met:
            life.mood -= 1.0
            life.pains.append("The offer came later than promised")
            if life.chance("went elsewhere", lost_late):
                return
        life.answers("nps", 0.4, "offer_sent", ("Clear offer", "Expensive"))
        life.happens("negotiation", life.around("negotiation", 9 * DAY, 0.6), "visit")
        if life.meets("back", 0.14 * (2.4 if life.of["trade"] == back_in else 0.6)):
            life.happens("requirements_agreed", life.around("again", 7 * DAY, 0.5), "visit", performer="Sales")
            life.hurt += lost_back
            life.mood -= 0.8
            life.pains.append("We had to discuss the requirements all over again")
            life.happens("negotiation", life.around("negotiation 2", 9 * DAY, 0.6), "visit")
        life.happens("legal_review", life.around("to legal", 4 * DAY, 0.5), "mail", "employee", "Legal")
        life.t += life.around("legal", 9 * DAY, 0.6)
        if life.leaves("no deal", 0.05 + cool[size] * 0.6):
            return
        life.happens("contract_signed", life.around("sign", 5 * DAY, 0.8), "visit")
        life.goal()
        life.answers("nps", 0.5, "contract_signed", ("Good partner", "Long"))

    planted = (
        Planted("late", "barrier", "broken_promise", "Offer promised", "offer_promised", promise, also=("wait",)),
        Planted("back", "barrier", "return", "Requirements", "requirements_agreed", 2, (("trade", back_in),),
                also=("repeat",), also_at=("Negotiation",)),
        Planted("portal", "inconvenience", "failure", "Portal", "portal_error", 1, since=portal_since,
                also=("repeat",)),
        Planted("meetings", "harmless", "repeat", "Meetings", "meeting_held", 3,
                why="good customers do more: confounded to its favour by an attribute of four levels"),
    )  # fmt: skip
    cases = max(300, customers // 3)
    people = {
        "size": choose(rng, cases, {"tiny": 4, "small": 3, "middle": 2, "large": 1}),
        "trade": choose(rng, cases, {"food": 3, "metal": 3, "wood": 2, "other": 3}),
        "country": ["home"] * cases,
    }
    return Alien(
        "b2b", seed, MAP, planted, people, list(range(cases)), beginnings(rng, cases, 500), 500, 180 * DAY, story,
        ("customer_id", "case_id", "time", "activity", "channel", "actor", "performer", "promised_at"),
    )  # fmt: skip

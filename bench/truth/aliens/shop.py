"""An online shop as sessions: nobody says that he leaves, an advertisement brings idle visitors while a page fails."""

from __future__ import annotations

from bench.truth.aliens.life import DAY, HOUR, MINUTE, Alien, Life, Planted, beginnings, choose, parameters

MAP = """\
map: Shop
unit: session
session_gap: 30m
goal: [Paid]
within: 1d
stages:
  - stage: Looking
    touchpoints:
      - touchpoint: Front page
        when: {activity: [front, banner_error]}
        actor: customer
      - touchpoint: Search
        when: {activity: [search]}
        actor: customer
      - touchpoint: Product
        when: {activity: [product]}
        actor: customer
  - stage: Buying
    touchpoints:
      - touchpoint: Basket
        when: {activity: [basket, coupon_refused]}
        actor: customer
      - touchpoint: Delivery choice
        when: {activity: [delivery, map_not_loaded]}
        actor: customer
      - touchpoint: Payment
        when: {activity: [card, card_refused]}
        actor: customer
      - touchpoint: Paid
        when: {activity: [paid]}
        actor: system
"""


def build(seed: int, customers: int) -> Alien:  # noqa: PLR0915 - a life is one story
    rng = parameters("shop", seed)
    coupon, lost_coupon = rng.uniform(0.12, 0.22), rng.uniform(0.25, 0.45)
    card, lost_card = rng.uniform(0.08, 0.15), rng.uniform(0.3, 0.5)
    blank = rng.uniform(0.15, 0.3)
    card_on = str(rng.choice(["old phone", "tablet"]))
    coupon_from = str(rng.choice(["mail", "friends"]))
    first = int(rng.integers(30, 60))
    last, card_since = first + int(rng.integers(12, 20)), int(rng.integers(40, 80))
    idle = {"computer": 0.12, "new phone": 0.25, "tablet": 0.35, "old phone": 0.55}

    def story(life: Life) -> None:
        campaign = first <= life.day < last
        brought = campaign and life.chance("brought", 0.6)
        device = life.of["device"]
        channel = "site" if device == "computer" or life.chance("site", 0.4) else "app"
        life.happens("front", channel=channel)
        if life.meets("banner", 0.4 if campaign else 0.05):
            life.happens("banner_error", 2, channel)
        if life.leaves("front", 0.15 + 0.5 * brought):
            return
        looks = 1 + int(6 * life.u("looks") * (1.4 if device in ("old phone", "tablet") else 0.7))
        life.reached.add("search")
        for n in range(1 if life.without == "search" else looks):
            life.happens("search", life.around(f"search {n}", 40, 0.6), channel)
            if n == 1:
                life.met["search"] = life.t
            if n % 2 == 0:
                life.happens("product", life.around(f"product {n}", 60, 0.6), channel)
        if life.leaves("looked", idle[device]):
            return
        life.happens("basket", life.around("basket", 2 * MINUTE, 0.6), channel)
        if life.meets("coupon", coupon * (2.5 if life.of["came"] == coupon_from else 0.6)):
            life.happens("coupon_refused", 20, channel)
            life.mood -= 1.0
            life.pains.append("My coupon did not work")
            if life.chance("lost coupon", lost_coupon):
                life.answers("csat", 0.2)
                return
        if life.leaves("basket left", 0.15):
            return
        if life.meets("blank", blank):
            life.happens("map_not_loaded", 30, channel)
            life.mood -= 1.3
            life.pains.append("The delivery map did not load")
        life.happens("delivery", life.around("delivery", MINUTE, 0.5), channel)
        if life.leaves("delivery left", 0.08):
            life.answers("csat", 0.2)
            return
        here = card * (2.5 if device == card_on else 0.7)
        if life.meets("card", here * (1.0 if life.day >= card_since else 0.15)):
            life.happens("card_refused", 30, channel)
            life.mood -= 1.0
            life.pains.append("The card was refused for no reason")
            if life.chance("lost card", lost_card):
                life.answers("csat", 0.2)
                return
        life.happens("card", life.around("card", 50, 0.4), channel)
        life.happens("paid", 5, channel)
        life.goal()
        life.answers("csat", 0.25, "", ("All fine", "Meh"))

    planted = (
        Planted("coupon", "barrier", "failure", "Basket", "coupon_refused", 1, (("came", coupon_from),)),
        Planted("card", "barrier", "failure", "Payment", "card_refused", 1, (("device", card_on),), card_since),
        Planted("blank", "inconvenience", "failure", "Delivery choice", "map_not_loaded"),
        Planted("banner", "harmless", "failure", "Front page", "banner_error", 1,
                why="a campaign brings idle visitors while the banner fails"),
        Planted("search", "harmless", "repeat", "Search", "search", 2,
                why="confounded by an attribute of four levels"),
    )  # fmt: skip
    people = {
        "device": choose(rng, customers, {"computer": 3, "new phone": 4, "tablet": 2, "old phone": 2}),
        "came": choose(rng, customers, {"search": 4, "mail": 2, "friends": 2}),
        "member": choose(rng, customers, {"yes": 1, "no": 2}),
    }
    # Visits of one customer are a day apart at least, or they would be one session.
    owner, begins = [], []
    for who, begin in enumerate(beginnings(rng, customers, 90)):
        for n in range(int(rng.integers(1, 4))):
            owner.append(who)
            begins.append(begin + n * (2 * DAY + rng.random() * HOUR))
    return Alien(
        "shop", seed, MAP, planted, people, owner, begins, 100, DAY, story,
        ("customer_id", "time", "activity", "channel"),
    )  # fmt: skip

"""A free trial of an office tool: dozens of events a user, many in one minute; whoever uses it more meets more trouble.

What goes wrong can strike in any visit, so that those who met it are the keen ones, who buy more: it looks like a
blessing. A failure makes people ask for help, and help is slow: each hurts by itself as well.
"""

from __future__ import annotations

from bench.truth.aliens.life import DAY, HOUR, MINUTE, Alien, Life, Planted, beginnings, choose, minutes, parameters

MAP = """\
map: Trial
unit: customer
goal: [Paid]
within: 40d
stages:
  - stage: Setup
    touchpoints:
      - touchpoint: Sign-up
        when: {activity: [signed_up]}
        actor: customer
      - touchpoint: Team space
        when: {activity: [space_named]}
        actor: customer
      - touchpoint: Import
        when: {activity: [file_imported]}
        actor: customer
  - stage: Use
    touchpoints:
      - touchpoint: Opening
        when: {activity: [app_opened]}
        actor: customer
      - touchpoint: Sync
        when: {activity: [synced]}
        actor: system
      - touchpoint: Tasks
        when: {activity: ["/^task_/", comment_added, board_viewed]}
        actor: customer
      - touchpoint: Report
        when: {activity: [report_exported]}
        actor: customer
      - touchpoint: Assistant
        when: {activity: [assistant_asked]}
        actor: customer
      - touchpoint: Ticket
        when: {activity: [ticket_opened]}
        actor: customer
        expects: {best: Solved in an hour, worst: No answer at all, within: %(limit)dh}
      - touchpoint: Ticket answered
        when: {activity: [ticket_answered]}
        actor: employee
  - stage: Buying
    touchpoints:
      - touchpoint: Prices
        when: {activity: [prices_viewed]}
        actor: customer
      - touchpoint: Paid
        when: {activity: [paid]}
        actor: system
"""
DOING = ("task_made", "task_moved", "task_closed", "comment_added", "board_viewed")


def build(seed: int, customers: int) -> Alien:  # noqa: PLR0915 - a life is one story
    rng = parameters("trial", seed)
    limit = int(rng.integers(12, 36)) * HOUR
    reply = limit * rng.uniform(0.6, 0.8)
    fails, hurt_sync = rng.uniform(0.025, 0.045), rng.uniform(0.012, 0.03)
    hurt_silence, hurt_bad = rng.uniform(0.04, 0.07), rng.uniform(0.03, 0.06)
    sync_on, since = str(rng.choice(["windows", "linux"])), int(rng.integers(45, 75))
    gap = {"alone": 1.9, "team": 1.1, "firm": 0.7}
    stops = {"alone": 0.1, "team": 0.06, "firm": 0.04}
    twice = {"alone": 0.08, "team": 0.25, "firm": 0.5}

    def story(life: Life) -> None:
        size = life.of["size"]
        phone = life.chance("by phone", 0.55 if life.of["came"] == "advert" else 0.2)
        usual, other = ("phone", "web") if phone else ("web", "phone")
        life.happens("signed_up", channel=usual)
        if life.leaves("space", 0.3 if life.of["came"] == "advert" else 0.06):
            return
        life.happens("space_named", 90, usual)
        # Who came by an advert is moved to the other device more, and buys less whether moved or not.
        if life.meets("moved", 0.4 if life.of["came"] == "advert" else 0.12):
            life.mood -= 1.3
            life.pains.append("Could not go on here, had to take another device")
            usual = other
        life.happens("file_imported", life.around("import", 5 * MINUTE, 0.7), usual)
        if life.leaves("imported", 0.18 if life.of["came"] == "advert" else 0.05):
            return
        asked, n, ends = False, 0, life.begins + 14 * DAY
        while n < 30:
            n += 1
            if life.leaves(f"stops {n}", stops[size]):
                return
            life.t += life.around(f"gap {n}", gap[size] * DAY, 0.6)
            if life.t > ends:
                break
            failed = visit(life, n, usual)
            if not asked and life.chance(f"asks {n}", 0.55 if failed else 0.02):
                asked = True
                help_(life, usual)
        life.t = max(life.t, ends)
        if life.leaves("looks", 0.1):
            return
        life.happens("prices_viewed", HOUR, "web")
        if life.leaves("dear", 0.42 - 0.03 * min(n, 12)):
            return
        life.happens("paid", life.around("pays", DAY, 0.7), "web", "system")
        life.goal()
        life.answers("nps", 0.25, "paid")

    def visit(life: Life, n: int, channel: str) -> bool:
        life.happens("app_opened", channel=channel)
        life.reached.add("sync")
        here = fails * (1.9 if life.of["system"] == sync_on else 0.5) * (1.0 if life.day >= since else 0.15)
        failed = life.without != "sync" and life.chance(f"sync {n}", here)
        life.happens("synced", 5, channel, "system", status="failed" if failed else "ok")
        if failed:
            life.met.setdefault("sync", life.t)
            life.hurt += hurt_sync
            life.mood -= 0.5
            life.pains.append("Sync lost my tasks")
        for k in range(2 + int(6 * life.u(f"many {n}"))):
            life.happens(DOING[int(5 * life.u(f"does {n} {k}"))], life.around(f"takes {n} {k}", 40, 0.6), channel)
        if n == 3:
            life.happens("report_exported", 60, channel)
            if life.meets("twice", twice[life.of["size"]]):
                life.happens("report_exported", 60, channel)
        if n == 2:
            life.happens("assistant_asked", 60, channel)
            judged(life)
        return failed

    def judged(life: Life) -> None:
        """A silly answer of the assistant leaves no trace but the score of those who are asked and answer."""
        silly, before, said = life.chance("silly", 0.2), life.mood, len(life.said)
        life.mood -= 3.0 if silly else 0.0
        life.answers("ces", 0.5, "assistant_asked", ("Clever thing", "It talks nonsense"))
        low = len(life.said) > said and life.said[-1][2] <= 4
        if len(life.said) > said:
            life.reached.add("low")
        if low and life.without == "low":
            life.said.pop()
            life.mood, silly = before, False
        elif low:
            life.met["low"] = life.t
        if silly:
            life.hurt += hurt_bad

    def help_(life: Life, channel: str) -> None:
        life.happens("ticket_opened", 10 * MINUTE, channel)
        life.waits("silence", life.around("reply", reply, 0.8), limit)
        if "silence" in life.met:
            life.hurt += hurt_silence
            life.mood -= 1.0
            life.pains.append("Support did not answer for days")
        life.happens("ticket_answered", 0, channel, "employee")

    planted = (
        Planted("sync", "barrier", "failure", "Sync", "synced", 1, (("system", sync_on),), since, also=("repeat",)),
        Planted("silence", "barrier", "silence", "Ticket", "ticket_opened", limit, also=("wait", "contact")),
        Planted("low", "barrier", "low_score", "Assistant", "assistant_asked", 4),
        Planted("moved", "inconvenience", "switch", "Import", "file_imported", 1, (("came", "advert"),)),
        Planted("twice", "harmless", "repeat", "Report", "report_exported", 2,
                why="firms do everything more often, and buy more: to its favour"),
    )  # fmt: skip
    people = {
        "size": choose(rng, customers, {"alone": 4, "team": 3, "firm": 2}),
        "came": choose(rng, customers, {"search": 4, "advert": 3, "friends": 2}),
        "system": choose(rng, customers, {"windows": 3, "mac": 3, "linux": 2}),
    }
    return Alien(
        "trial", seed, MAP % {"limit": limit / HOUR}, planted, people, list(range(customers)),
        beginnings(rng, customers, 120), 150, 40 * DAY, story,
        ("customer_id", "time", "activity", "channel", "actor", "status"), quirks=minutes,
    )  # fmt: skip

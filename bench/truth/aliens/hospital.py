"""A hospital round the clock: nights and weekends decide who waits and who stays; how ill one is stands only in a name.

Files: no actor, no channel, no status; times of the wards' clock, to the minute, with no offset; only those are asked
who went home, and the unhappy answer more.
"""

from __future__ import annotations

from bench.truth.aliens.life import DAY, HOUR, MINUTE, Alien, Life, Planted, choose, minutes, parameters

MAP = """\
map: Hospital stay
unit: case
goal: [Went home]
within: 45d
stages:
  - stage: Emergency
    touchpoints:
      - touchpoint: Front desk
        when: {activity: [registered]}
      - touchpoint: Bracelet
        when: {activity: [red_bracelet, amber_bracelet, green_bracelet]}
        actor: employee
      - touchpoint: Waiting room
        when: {activity: [sat_down]}
        actor: customer
        expects: {best: Straight through, worst: Forgotten, within: %(limit)dm}
      - touchpoint: Doctor
        when: {activity: [doctor_saw]}
        actor: employee
  - stage: Tests
    touchpoints:
      - touchpoint: Sample
        when: {activity: [sample_failed, sample_taken]}
        actor: employee
        process: {owner: Laboratory, department: Laboratory}
      - touchpoint: Result
        when: {activity: [result_ready]}
        actor: system
  - stage: Ward
    touchpoints:
      - touchpoint: Bed
        when: {activity: [bed_given, bed_moved]}
        actor: employee
      - touchpoint: Nurse call
        when: {activity: [help_called]}
        actor: customer
        expects: {best: At once, worst: Nobody comes, within: %(nurse)dm}
      - touchpoint: Nurse
        when: {activity: [nurse_came]}
        actor: employee
      - touchpoint: Round
        when: {activity: [round_done]}
        actor: employee
  - stage: Going home
    touchpoints:
      - touchpoint: Signed out
        when: {activity: [signed_out]}
        actor: customer
      - touchpoint: Papers
        when: {activity: [papers_ready]}
        actor: employee
      - touchpoint: Went home
        when: {activity: [went_home]}
        actor: customer
"""


def build(seed: int, customers: int) -> Alien:  # noqa: PLR0915 - a life is one story
    rng = parameters("hospital", seed)
    limit, nurse = int(rng.integers(6, 13)) * 10 * MINUTE, int(rng.integers(2, 5)) * 10 * MINUTE
    sit, comes = limit * rng.uniform(0.5, 0.7), nurse * rng.uniform(0.5, 0.7)
    hurt_wait, hurt_sample = rng.uniform(0.05, 0.12), rng.uniform(0.05, 0.1)
    sample, since = rng.uniform(0.15, 0.25), int(rng.integers(60, 120))
    older = {"under 40": (0.08, 0.3), "40-64": (0.18, 0.4), "65+": (0.35, 0.45)}
    slow = {"red": 0.3, "amber": 0.9, "green": 1.2}
    moved = {"red": 0.55, "amber": 0.3, "green": 0.1}
    elsewhere = {"red": 0.42, "amber": 0.15, "green": 0.02}

    def ill(life: Life) -> str:
        red, amber = older[life.of["age"]]
        return "red" if life.u("ill") < red else "amber" if life.u("ill") < red + amber else "green"

    def story(life: Life) -> None:
        hour, weekday, colour = life.begins % DAY / HOUR, int(life.begins // DAY) % 7, ill(life)
        night, weekend = hour < 6 or hour >= 21, weekday >= 5
        life.happens("registered", performer="Desk")
        life.happens(f"{colour}_bracelet", 4 * MINUTE, performer="Nurses")
        life.happens("sat_down", MINUTE)
        seconds = life.around("wait", sit * slow[colour] * (2.3 if night else 0.9), 0.6)
        if not life.waits("wait", seconds, limit, life.around("patience", 5 * limit, 0.8)):
            return
        life.happens("doctor_saw", performer="Emergency doctors")
        if "wait" in life.met:
            life.hurt += hurt_wait
            life.mood -= 1.0
            life.pains.append("We sat for hours and nobody came")
        # By night come those who only need a bandage or to sober up: they go, however quickly they were seen, and most
        # of them sign for it.
        if life.leaves("walks out", 0.32 if night else 0.06):
            if life.chance("signs", 0.85):
                life.happens("signed_out", life.around("signs in", 20 * MINUTE, 0.6))
            return
        fails = sample * (1.8 if weekend else 0.7) * (1.0 if life.begins / DAY >= since else 0.1)
        if life.meets("sample", fails):
            life.happens("sample_failed", 40 * MINUTE, performer="Laboratory")
            life.hurt += hurt_sample
            life.mood -= 0.7
            life.pains.append("They lost my blood sample and took it again")
        life.happens("sample_taken", life.around("sample takes", 30 * MINUTE, 0.5), performer="Laboratory")
        life.happens("result_ready", life.around("result", 3 * HOUR, 0.5), performer="Laboratory")
        if life.leaves("will not stay", 0.2 if weekend else 0.05):
            return
        life.happens("bed_given", life.around("bed", 2 * HOUR, 0.7), performer="Admissions")
        if life.meets("moved", moved[colour]):
            life.happens("bed_moved", life.around("moved in", 5 * HOUR, 0.6), performer="Bed managers")
        if life.meets("back", 0.13 * (2.0 if life.of["age"] == "65+" else 0.6)):
            life.happens("doctor_saw", life.around("back in", 4 * HOUR, 0.6), performer="Emergency doctors")
            life.mood -= 1.4
            life.pains.append("I was sent back down to emergency, in my gown")
        ward(life, colour)

    def ward(life: Life, colour: str) -> None:
        if life.chance("rings", 0.45):
            life.happens("help_called", life.around("rings in", 6 * HOUR, 0.8))
            life.waits("nurse", life.around("nurse", comes, 0.8), nurse)
            if "nurse" in life.met:
                life.mood -= 1.2
                life.pains.append("I rang and rang, no nurse came")
            life.happens("nurse_came", performer="Nurses")
        for n in range(1 + int(life.u("days") * {"red": 9, "amber": 5, "green": 2}[colour])):
            life.happens("round_done", life.around(f"round {n}", DAY, 0.1), performer="Ward doctors")
        if life.leaves("elsewhere", elsewhere[colour]):
            return
        life.happens("papers_ready", life.around("papers", 4 * HOUR, 0.5), performer="Desk")
        life.happens("went_home", life.around("home", HOUR, 0.5))
        life.goal()
        life.answers("csat", 0.45 if life.mood < -0.5 else 0.2, "went_home", ("Kind people", "Tired of it"))

    planted = (
        Planted("wait", "barrier", "wait", "Waiting room", "sat_down", limit),
        Planted("sample", "barrier", "failure", "Sample", "sample_failed", since=since, also=("repeat",)),
        Planted("back", "inconvenience", "return", "Doctor", "doctor_saw", 2, (("age", "65+"),),
                also=("repeat", "handover"), also_at=("Bed", "Round")),
        Planted("nurse", "inconvenience", "silence", "Nurse call", "help_called", nurse, also=("wait", "contact")),
        Planted("moved", "harmless", "handover", "Bed", "bed_moved", 1, also=("repeat",),
                why="the ill are moved more, and how ill one is stands only in the name of an earlier event"),
    )  # fmt: skip
    people = {
        "age": choose(rng, customers, {"under 40": 3, "40-64": 3, "65+": 3}),
        "insured": choose(rng, customers, {"state": 4, "private": 1}),
        "district": choose(rng, customers, {f"D{n}": 1 for n in range(12)}),
    }
    owner = list(range(customers)) + rng.integers(0, customers, customers // 4).tolist()
    begins = (rng.integers(0, 210, len(owner)) * DAY + rng.random(len(owner)) * DAY).tolist()
    return Alien(
        "hospital", seed, MAP % {"limit": limit / MINUTE, "nurse": nurse / MINUTE}, planted, people, owner, begins,
        230, 45 * DAY, story, ("customer_id", "case_id", "time", "activity", "performer"), quirks=minutes,
    )  # fmt: skip

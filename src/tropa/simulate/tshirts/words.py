"""What people say who had a T-shirt printed."""

from tropa.simulate.phrases import english

WORDS = english(
    {
        "proof": (
            "my design was sent back for {REASON}",
            "had to redo the picture {TIMES} because of {REASON}",
            "why accept the upload and reject it a day later",
            "the proof came back again, {REASON} this time",
        ),
        "locker": (
            "the pick-up code did not open the locker",
            "stood in front of a closed locker and had to phone",
            "the locker would not open, called the shop {TIMES}",
            "nobody told me how to get my parcel out",
        ),
        "late": (
            "promised for Friday, still not printed",
            "the date on the order means nothing",
            "needed it for a birthday, it was {LATE} late",
            "told three days, waited {LATE} longer",
        ),
        "queue": ("a long queue at the stand", "waited {MINUTES} at the stand", "one person serves the whole stand"),
        "voucher": (
            "the voucher code was not accepted",
            "my discount code gives an error",
            "paid full price because the voucher failed",
        ),
        "support": ("nobody answers the phone", "the colours differ from the screen", "they lost my size"),
        "print": ("the print is sharp", "great quality cotton", "colours just like on the screen", "fits well"),
        "staff": (
            "helpful at the stand",
            "picked it up {QUICK}",
            "friendly people",
            "ready when promised",
        ),
        "severe": (
            "charged me twice and will not refund, talking to my lawyer",
            "they took the money twice, I am going to small claims court",
            "double charge, no refund, reporting you to trading standards",
        ),
    },
    {
        "REASON": ("low resolution", "a missing border", "the wrong colour profile", "copyright"),
        "TIMES": ("twice", "three times", "again and again"),
        "LATE": ("two days", "a week", "four days"),
        "MINUTES": ("twenty minutes", "half an hour", "15 minutes"),
        "QUICK": ("in a minute", "on the way home", "the same day"),
    },
)

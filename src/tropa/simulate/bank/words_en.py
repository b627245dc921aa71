"""What the bank's English-speaking customers say."""

from tropa.simulate.voice import Fragments

ENGLISH = Fragments(
    openings={
        "good": ("Great service", "Thank you", "Pleasantly surprised", "Very happy", "Nice", "Good job"),
        "bad": (
            "Terrible",
            "Very disappointed",
            "Not acceptable",
            "I am a client for years",
            "Unbelievable",
            "Honestly",
        ),
        "plain": ("It was okay", "Average", "Fine overall", "So so"),
    },
    endings={
        "good": ("Will recommend", "Keep it up", "Five stars", "Thanks to the team"),
        "bad": ("Please fix it", "Will go to another bank", "Would not recommend", "Waste of time", "Never again"),
        "plain": ("Could be faster", "Got the money in the end", "Room for improvement"),
    },
    themes={
        "fast": (
            "got the money {QUICK}",
            "approved {QUICK} with no extra paperwork",
            "the whole process was done {QUICK}",
            "decision came faster than promised",
        ),
        "easy": (
            "the app is clear and easy to use",
            "documents uploaded at the first attempt",
            "signed from home with an SMS code",
            "short form, nothing unnecessary",
        ),
        "upload_good": (
            "the upload worked at once",
            "took two minutes to send my papers",
            "clear list of documents",
            "easy to attach files from the phone",
        ),
        "polite": (
            "the manager was polite and helpful",
            "the operator answered all my questions",
            "friendly staff in the branch",
            "the consultant explained everything patiently",
        ),
        "terms_good": (
            "the rate is exactly as promised",
            "transparent terms and no hidden fees",
            "better rate than elsewhere",
        ),
        "long_check": (
            "document check took {LONG}",
            "they promised 24 hours but I waited {LONG}",
            "my application was under review for {LONG}",
            "nobody could tell me why the check takes {LONG}",
        ),
        "upload_fail": (
            "cannot upload documents in the Android app",
            "the upload fails with an error every time",
            "app crashes when I attach my passport",
            "had to go to a branch because the upload does not work",
        ),
        "form_reset": (
            "the form on the website was reset and I had to fill it in twice",
            "lost all the data in the application form",
            "the page reloaded and the form was empty",
        ),
        "broken_call": (
            "they promised to call back and never did",
            "the call back came a day late",
            "waited for the promised call all evening",
        ),
        "returned": (
            "documents were sent back because of {REASON}",
            "they returned my papers without saying what is wrong",
            "had to send the same income statement twice",
        ),
        "branch_queue": (
            "waited {MINUTES} in the branch",
            "one desk open and a huge queue, {MINUTES}",
            "{MINUTES} in line just to sign a paper",
        ),
        "late_money": (
            "signed in the evening and got the money only next day",
            "money came much later than the promised hour",
        ),
        "insurance": ("they pushed insurance on me", "insurance was included without a clear explanation"),
        "rate": ("the final rate was higher than advertised", "the offer differs from what was promised"),
        "chat": (
            "support answers with templates only",
            "the chat bot is useless, no human to talk to",
            "every operator tells a different story",
        ),
        "declined": ("declined without any explanation", "collected all the papers and got a refusal"),
        "double_charge": (
            "charged twice for the same payment, I will complain to the Central Bank",
            "double charge and no refund, my lawyer will take you to court",
        ),
        "nothing": ("everything is fine", "nothing special", "ok", "no comments"),
    },
    slots={
        "QUICK": ("in one day", "within an hour", "very quickly", "in 20 minutes"),
        "LONG": ("two days", "three days", "the whole weekend", "more than two days"),
        "MINUTES": ("40 minutes", "half an hour", "almost an hour"),
        "REASON": ("a blurry scan", "an old date", "the wrong form"),
    },
)

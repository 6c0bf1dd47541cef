"""Every text of the page."""

TITLE = "Alfred, the party planner"
INTRODUCTION = (
    "### What shall we celebrate?\n"
    "Tell Alfred who comes, when, where and for how much. He plans the whole party, or answers the one thing you ask."
)
ANSWERED_BY = "Answers come from {model}."
BETTER_MODEL = "For answers by a language model, set `HF_TOKEN` or `ALFRED_MODEL` in the settings."
PLACEHOLDER = "Birthday for 20 in the garden on Saturday at 3 pm, one guest is vegan, $400"
SEND, STOP, NEW = "Send", "Stop", "New conversation"
LABEL_REQUEST, LABEL_CHAT = "Your request", "Conversation with Alfred"
BUSY = "One request at a time, please: stop the one that is running or wait for its answer."
BROKEN = "Something went wrong on this page (reference {reference}): please send the request again."
USED = "{steps} · {seconds:.1f} s · {tokens:,} tokens"
EXAMPLES = {
    "Superheroes": "Plan a superhero-themed dinner party at Wayne Mansion for 50 guests",
    "Children's birthday": "Birthday for my daughter (8), 14 kids and 6 parents, Saturday 3pm, garden, "
    "one child has a nut allergy, $400",
    "Reception": "Which caterer is best for a vegan reception for 120 people under €45 a head?",
    "Getting ready": "Drinks take 30 minutes, decorating the mansion 60, setting up the menu 45, "
    "music and playlist 45. If we start right now, at what time will the party be ready?",
}


def steps_words(steps: int) -> str:
    """Return the number of steps in words."""
    return "1 step" if steps == 1 else f"{steps} steps"

"""What the style `friendly` says around the words of a scene; {} stands for a heading."""

GREETINGS = ("Hello and welcome!", "Hi there!", "Hello, good to have you here!", "Hi, nice to see you!")
THANKS = (
    "Thanks for watching!",
    "Thank you for watching, and have fun with it!",
    "Thanks for your time, and see you soon!",
    "Thank you for being here. Now it's your turn!",
)
GOODBYES = ("See you next time!", "Take care, and see you soon!", "Have fun with it!")

QUESTIONS = ("You may be asking: {}", "Now to a good question: {}", "So, {}", "Let's find out: {}")
TO_SEE = (
    "Let's see {}.",
    "Here is {}.",
    "Let's find out {}.",
    "Let's take a look at {}.",
    "You may wonder {}.",
    "Let me show you {}.",
    "So, here's {}.",
    "Now let's look at {}.",
    "Let's go over {}.",
    "Time to see {}.",
)
WHY = ("So, {}?", "You may ask: {}?", "Fair question: {}?", "But {}?")
TO_DO = (
    "Let's {}.",
    "Now let's {}.",
    "Next, let's {}.",
    "Ready? Let's {}.",
    "Time to {}.",
    "Here's how to {}.",
    "Want to {}? Here's how.",
    "Let me show you how to {}.",
)
OF_THINGS = (
    "Let's look at {}.",
    "Let's talk about {}.",
    "Take a look at {}.",
    "Let's turn to {}.",
    "Now let's get to {}.",
    "Let's go through {}.",
    "Next, a look at {}.",
    "Time for {}.",
    "On to {}.",
    "Let's move on to {}.",
    "And now, {}.",
    "What about {}?",
)
OF_NAMES = (
    *("Next up: {}.", "On to {}.", "Let's talk about {}.", "Now to {}.", "Let's move on to {}.", "Let's turn to {}."),
    *("Time for {}.", "Let's continue with {}.", "Up next, {}.", "And now, {}.", "Let's get to {}.", "Next, {}."),
    *("Our next stop: {}.", "A closer look at {}.", "Let's look at {}.", "What about {}?", "Moving on: {}."),
    *("A few words on {}.", "Then, {}.", "Let's see about {}.", "Here we go: {}.", "{}.", "{}."),
)
AFTER_A_COLON = (
    "Next up: {}.",
    "Our next stop: {}.",
    "Moving on: {}.",
    "Coming up: {}.",
    "Here we go: {}.",
    "And now: {}.",
)
OF_ACTIVITIES = (
    "Let's talk about {}.",
    "A few words on {}.",
    "Now to {}.",
    "Let's turn to {}.",
    "What about {}?",
    "Next up: {}.",
    "Let's move on to {}.",
)
TO_GO_FURTHER = ("To go further: {}.", "And for more: {}.", "Before we part: {}.")
LINKS = (
    "Let's move on.",
    "On we go.",
    "There's more to see.",
    "Here's the next part.",
    "Let's go on.",
    "And then there's this.",
)
BEGINNINGS = (
    "Let's get started.",
    "First things first.",
    "Let's begin.",
    "Here's how it starts.",
    "Let's jump right in.",
)
ABOUT = ("Today it's about {}.", "Let's talk about {}.", "This one is about {}.", "Let's take a look at {}.")

# Before and after scenes that have no heading, or whose heading is told in another way.
BEFORE = {
    "quote": (
        "Here's a thought for you.",
        "Listen to this.",
        "Here's a line worth keeping.",
        "Let's hear it in other words.",
    ),
    "problem": ("Let's try one together.", "Here's one for you.", "Ready for a challenge?", "Let's put it to work."),
    "solution": ("Let's solve it.", "Here's one way to do it.", "Let's work it out.", "Let's see how it goes."),
    "checkpoint": ("Nice work so far!", "Well done so far!", "Let's pause for a moment.", "You've come a long way!"),
    "quiz": ("Quick question for you.", "Let's see what stuck.", "Your turn to think.", "Here's a little quiz."),
}
AFTER = {
    "learning_objectives": ("Let's get started!", "Shall we begin?", "Let's dive in!", "So, let's go!"),
    "exercise": ("Take your time, and have fun!", "You've got this!", "Enjoy it!", "Give it a try!"),
    "problem": ("What would you do?", "How would you go about it?", "Give it some thought.", "Any ideas?"),
}  # fmt: skip

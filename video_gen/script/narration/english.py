"""English narration, one function a scene type: fields in, sentences out."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from video_gen.script.narration import commands
from video_gen.script.narration.code import definitions, first_comment, language_name, lines, noun
from video_gen.script.narration.enumeration import enumerate_items
from video_gen.script.narration.wording import (
    TO_THINK,
    bare,
    choose,
    counted,
    inner,
    is_instruction,
    joined,
    paragraphs,
    plain,
    sentence,
    texts,
)

Content = Mapping[str, Any]

_PART = re.compile(r"\s*\((\d+)(?:/| of )(\d+)\)$")
_NOT_A_NAME = re.compile(
    r"(how|why|what|when|where|who|getting|welcome|introducing|the|a|an|your|our)\b|\w+ing\b|.*[?!:]", re.I
)
_OPENINGS = ("This is {}.", "Meet {}.", "Welcome to {}.", "Here is {}.")
_CLOSINGS = ("That was {}.", "And that is {}.", "That is {} in short.")
_CONTINUED = ("More on {}.", "There is more to say about {}.", "{}, continued.")
_POINTS = ("Keep in mind: {}.", "What matters here: {}.", "Remember: {}.")


def _title(content: Content) -> str:
    title, subtitle = bare(content.get("title")), sentence(content.get("subtitle"))
    if subtitle.lower().startswith(title.lower()):
        return paragraphs(subtitle, sentence(content.get("key_message")))
    is_name = title and len(title.split()) <= 3 and not _NOT_A_NAME.match(title) and not is_instruction(title)
    opening = choose(_OPENINGS, title).format(title) if is_name else sentence(content.get("title"))
    return paragraphs(opening, subtitle, sentence(content.get("key_message")))


def _outro(content: Content) -> str:
    main = bare(content.get("main_text"))
    is_name = main and len(main.split()) <= 3 and not is_instruction(main) and not _NOT_A_NAME.match(main)
    if not is_name or re.match(r"(thank|good|see|that|ready|questions)", main, re.I):
        closing = sentence(content.get("main_text"))
    else:
        closing = choose(_CLOSINGS, main).format(main)
    return paragraphs(closing, sentence(content.get("sub_text")), sentence(content.get("key_message")))


def said_heading(header: object, following: str) -> str:
    """Return the header as a sentence, unless the sentence after it says the same words anyway."""
    text = plain(header)
    part = _PART.search(text)
    if part:
        text = text[: part.start()]
        if int(part[1]) > 1:
            return "" if following else choose(_CONTINUED, header).format(text)
    words = [word for word in re.findall(r"\w+", text.lower()) if len(word) > 3]
    said = following.lower()
    return "" if words and all(word in said for word in words) else sentence(text)


def later_part(header: object) -> bool:
    """Whether a header says that its scene continues the one before: "Setup (2/3)"."""
    part = _PART.search(plain(header))
    return bool(part) and int(part[1]) > 1  # type: ignore[index]


def _topic(topic: object) -> str:
    text = plain(topic)
    if not text or len(text.split()) > 6 or text[-1] in ".!?":
        return sentence(text)
    return choose(("This is about {}.", "Let us look at {}.", "Now to {}."), text).format(inner(text))


def _points(value: object) -> str:
    points = texts(value)
    if len(points) == 1:
        return sentence(points[0])
    return choose(_POINTS, *points).format(joined([inner(point) for point in points])) if points else ""


def _introduction(content: Content) -> str:
    description = sentence(content.get("description"))
    topic = _topic(content.get("topic"))
    return paragraphs(said_heading(content.get("header"), f"{topic} {description}"), topic, description)


def _command(content: Content) -> str:
    steps, remarks = commands.split_lines(texts(content.get("commands")))
    told = commands.spoken_steps(steps)
    introduction = _introduction(content)
    if not told and not introduction:
        told = "Here is what it looks like in the terminal."
    result = choose(("In the end: {}.", "You will see: {}."), *remarks).format(joined([bare(r) for r in remarks]))
    return paragraphs(introduction, told, result if remarks else "", _points(content.get("key_points")))


def _list(content: Content) -> str:
    introduction = _introduction(content)
    if introduction.endswith(".") and plain(content.get("description")).endswith(":"):
        introduction = introduction[:-1] + ":"
    return paragraphs(introduction, enumerate_items(content.get("items") or [], introduced=bool(introduction)))


# Labels that begin so are no things that one could go from and to.
_NO_NOUNS = frozenset("after at before for from if in on once then to when with without".split())


def _code_comparison(content: Content) -> str:
    before, after = str(content.get("before_code") or ""), str(content.get("after_code") or "")
    labels = bare(content.get("before_label")), bare(content.get("after_label"))
    name = noun(content.get("language"))
    if all(labels) and not any(label.split()[0].lower() in _NO_NOUNS for label in labels):
        named = ("We go from {0} to {1}.", "First you see {0}, then {1}.", "Compare {0} with {1}.")
        told = choose(named, before, after).format(*labels)
    else:
        phrases = ("Here is the {} before and after.", "Compare the {} before and after the change.")
        told = choose(phrases, before, after).format(name)
    was, now = lines(before), lines(after)
    shorter = "" if content.get("improvement") else _shorter(before, after, f"It goes from {was} down to {now}.")
    heading = said_heading(content.get("header"), told)
    return paragraphs(heading, told, sentence(content.get("improvement")), shorter, _points(content.get("key_points")))


def _shorter(before: str, after: str, told: str) -> str:
    counts = [sum(1 for line in code.splitlines() if line.strip()) for code in (before, after)]
    return told if counts[0] > counts[1] > 0 else ""


def _quote(content: Content) -> str:
    context, quoted = sentence(content.get("context")), sentence(content.get("quote_text"))
    who = bare(re.sub(r"^\W+", "", plain(content.get("attribution"))))
    if not who:
        return paragraphs(context, quoted)
    if not quoted:
        return paragraphs(context, sentence(who))
    return paragraphs(
        context,
        choose(("{1} These are the words of {0}.", "{1} So says {0}."), who, quoted).format(inner(who), quoted),
    )


def _learning_objectives(content: Content) -> str:
    title = bare(content.get("lesson_title"))
    objectives = texts(content.get("objectives"))
    opening = choose(("In this lesson: {}.", "This lesson is about {}."), title).format(title) if title else ""
    goals = joined([inner(objective) for objective in objectives])
    if objectives and all(is_instruction(objective) for objective in objectives):
        told = choose(("By the end you will be able to {}.", "You will learn to {}."), goals).format(goals)
    else:
        told = (
            choose(("Here is what you will learn: {}.", "These are the goals: {}."), goals).format(goals)
            if goals
            else ""
        )
    return paragraphs(opening, told, _lesson_info(content.get("lesson_info") or {}))


def _lesson_info(info: Content) -> str:
    duration, level = counted(bare(info.get("duration")), "minutes"), bare(info.get("difficulty"))
    needed = joined([inner(each) for each in texts(info.get("prerequisites"))])
    return paragraphs(
        f"It takes about {duration}." if duration else "",
        f"The level is {inner(level).lower()}." if level else "",
        f"Beforehand you need {needed}." if needed and needed.lower() != "none" else "",
    )


def _problem(content: Content) -> str:
    count, title = bare(content.get("problem_number")), bare(content.get("title"))
    opening = f"Problem {count}: {title}." if count and title else f"Problem {count}." if count else sentence(title)
    difficulty = {
        "easy": ("This one is easy to start with.", "It is an easy one."),
        "medium": ("This one takes a little thought.", "It is of medium difficulty."),
        "hard": ("This one is hard, so take your time.", "Be warned, it is a hard one."),
    }.get(plain(content.get("difficulty")).lower(), ("",))
    text = sentence(content.get("problem_text"))
    return paragraphs(opening, text, choose(difficulty, text))


def _solution(content: Content) -> str:
    code = content.get("solution_code") or ""
    code = code if isinstance(code, str) else "\n".join(str(line) for line in code)
    explanation = sentence(content.get("explanation"))
    heading = said_heading(content.get("title"), explanation)
    if explanation:
        return paragraphs(heading, explanation)
    if later_part(content.get("title")):
        return described_code(code, content.get("language")) or "The code goes on."
    return paragraphs(
        heading, described_code(code, content.get("language")) or shown_code(code, content.get("language"))
    )


def described_code(code: str, language: object) -> str:
    """Say what the code defines, or what its own first comment says of it."""
    defined, comment = definitions(code), first_comment(code)
    if defined and language_name(language) not in ("", "shell"):
        return choose(("The {} defines {}.", "In this {} we define {}.", "This {} brings {}."), code).format(
            noun(language), defined
        )
    return sentence(comment)


def shown_code(code: str, language: object) -> str:
    if not language_name(language):
        return choose(("It looks like this.", "Here is an example.", "Here is what that looks like."), code)
    phrases = ("Here it is in {}.", "This is how it looks in {}.", "In {} it takes " + lines(code) + ".")
    return choose(phrases, code).format(language_name(language))


def _checkpoint(content: Content) -> str:
    count = bare(content.get("checkpoint_number"))
    done, ahead = (joined([inner(t) for t in texts(content.get(key))]) for key in ("completed_topics", "next_topics"))
    questions = [sentence(question) for question in texts(content.get("review_questions"))]
    ask = choose(("Ask yourself:", "Can you answer these?", "Check what you remember."), *questions)
    return paragraphs(
        f"Checkpoint {count}." if count else "",
        choose(("So far you have covered {}.", "You now know about {}."), done).format(done) if done else "",
        paragraphs(ask, *questions) if questions else "",
        choose(("Next comes {}.", "Next up: {}."), ahead).format(ahead) if ahead else "",
    )


def _quiz(content: Content) -> str:
    question, options = sentence(content.get("question")), [inner(option) for option in texts(content.get("options"))]
    offered = joined(options, "or")
    answer = inner(content.get("correct_answer")) if content.get("show_answer", True) else ""
    return paragraphs(
        question,
        choose(("Is it {}?", "Choose between {}.", "Your options: {}."), question).format(offered) if offered else "",
        TO_THINK if answer else "",
        choose(("The answer is {}.", "The right answer: {}.", "It is {}."), answer, question).format(answer)
        if answer
        else "",
    )


def _exercise(content: Content) -> str:
    title, time = bare(content.get("title")), counted(bare(content.get("estimated_time")), "minutes")
    steps: Sequence[str] = texts(content.get("instructions"))
    opening = (
        choose(("Now it is your turn: {}.", "Time to practise: {}."), title).format(title)
        if title
        else "Now it is your turn."
    )
    level = {"easy": "It is an easy one.", "medium": "It takes a little thought.", "hard": "It is a hard one."}
    return paragraphs(
        opening,
        enumerate_items(steps, introduced=True),
        level.get(plain(content.get("difficulty")).lower(), ""),
        f"Plan about {time}." if time else "",
    )


WORDING: dict[str, Callable[[Content], str]] = {
    "title": _title,
    "command": _command,
    "list": _list,
    "outro": _outro,
    "code_comparison": _code_comparison,
    "quote": _quote,
    "learning_objectives": _learning_objectives,
    "problem": _problem,
    "solution": _solution,
    "checkpoint": _checkpoint,
    "quiz": _quiz,
    "exercise": _exercise,
}

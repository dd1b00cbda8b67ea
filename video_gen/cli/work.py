"""One line of the live view: what is done of a step of one video, counted."""

from dataclasses import dataclass, field

from video_gen.cli import say
from video_gen.cli.film import Film, Length

VERBS = {"translate_scene": "translating", "speak_scene": "speaking", "render_clip": "rendering"}
# After these jobs nothing is left of such a step.
CLOSED_BY = {"translate_video": "translate_scene", "time_scenes": "speak_scene", "join_video": "render_clip"}


@dataclass
class Work:
    """A rule of a video in one shape, its scenes together; what it says never goes back.

    verb: what it does. of_scenes: a job of it is for one scene. running: scene → fraction, "" for the whole video. again: it makes
    anew what was there before the task. closed: a later job says that nothing is left of it.
    """

    film: Film
    rule: str
    shape: str
    verb: str
    of_scenes: bool
    running: dict[str, float] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    again: bool = False
    closed: bool = False
    _most: tuple[int, float] = (0, 0.0)  # scenes and seconds that were said to be done

    def began(self, scene: str) -> None:
        """A job began."""
        self.closed = False
        self.failed.discard(scene)
        self.running.setdefault(scene, 0.0)
        self.again |= self.film.was_there(self.rule, scene, self.shape)

    def moved(self, scene: str, fraction: float) -> None:
        """A running job has done that part of its work."""
        if scene in self.running:
            self.running[scene] = max(self.running[scene], fraction)

    def ended(self, scene: str, *, well: bool) -> None:
        """A job ended."""
        self.running.pop(scene, None)
        (self.done if well else self.failed).add(scene)

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is left to do, as far as is known."""
        everything = set(self.film.scenes()) if self.of_scenes else {""}
        return not self.running and (self.closed or (everything != set() and self._made() >= everything))

    def text(self, *, short: bool = False) -> str:
        """Return what is done of how much. short: for narrow terminals."""
        scenes = self.film.scenes()
        if not (self.of_scenes and scenes):
            return f"{self.verb}, failed" if self.failed else self.verb
        made = self._made()
        count = max(self._most[0], len(made & set(scenes)))
        limit = "at most " if self.again else ""
        unit = "" if short else f" scene{'s'[: len(scenes) != 1]}"
        parts = [f"{self.verb} {count} of {limit}{len(scenes)}{unit}"]
        lengths = self.film.lengths() if self.rule == "render_clip" else {}
        seconds = max(self._most[1], self._seconds(lengths, made))
        if lengths:
            # How much of what is there will be made anew is not known.
            parts.append(say.seconds(seconds) if self.again else _span(seconds, lengths, short))
        if self.failed:
            parts.append(f"{len(self.failed)} failed")
        self._most = count, seconds
        return ", ".join(parts)

    def beginning(self) -> str:
        """Return what is begun: how much is to be done, and what is done already."""
        total, made = len(self.film.scenes()), len(self._made() & set(self.film.scenes()))
        if not total or self.again:
            return self.verb
        scenes = f"{total} scene{'s'[: total != 1]}"
        return (
            f"{self.verb}, {made} of {scenes} {'is' if made == 1 else 'are'} there" if made else f"{self.verb} {scenes}"
        )

    def _made(self) -> set[str]:
        """The scenes that are done, be it before this run."""
        there = self.film.is_of_task if self.again else self.film.is_there
        rest = set(self.film.scenes()) - self.running.keys() - self.failed
        return self.done | {scene for scene in rest - self.done if there(self.rule, scene, self.shape)}

    def _seconds(self, lengths: dict[str, Length], made: set[str]) -> float:
        return sum(each.seconds * self.running.get(scene, float(scene in made)) for scene, each in lengths.items())


def _span(done: float, lengths: dict[str, Length], short: bool) -> str:
    """12 s of about 58 s; 1:05 of 3:10 min."""
    whole = sum(length.seconds for length in lengths.values())
    exact = all(length.exact for length in lengths.values())
    about = "" if exact else "~" if short else "about "
    so_far, everything = say.seconds(min(done, whole)), say.seconds(whole)
    unit = everything[everything.index(" ") :]
    return f"{so_far if unit == ' s' else so_far.removesuffix(unit)} of {about}{everything}"

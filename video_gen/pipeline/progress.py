"""How far a task is: jobs counted against the jobs that are to be expected."""

from collections import Counter
from collections.abc import Mapping

from video_gen.pipeline import stages

# Of a job, against 1 for all others.
_COST = {"speak_scene": 3, "render_clip": 5, "mix_soundtrack": 3, "fetch_transcript": 3, "translate_scene": 3}
_SCENE_RULES = {"speak_scene", "render_clip"}
_GUESS = 8  # scenes of a video whose script is not written yet, as long as no other one is
_TRANSLATING = 0.2  # the weight of writing the scripts where videos are translated
ALMOST = 0.99  # only the end of a run without an error is 1.0


class Progress:
    """Counts jobs. What it returns never goes back, not even when a run begins again after it was killed."""

    def __init__(self) -> None:
        self._reached: dict[str, float] = dict.fromkeys(stages.STAGES, 0.0)
        self._overall = 0.0
        self.begin()

    def begin(self) -> None:
        """A run of Snakemake begins: what earlier ones reached is the floor of what this one adds."""
        self._floor = dict(self._reached)
        self._planned: Counter[str] = Counter()
        self._noted: Counter[str] = Counter()
        self._done: Counter[str] = Counter()
        self._running: dict[int, tuple[str, float]] = {}
        self._scene_rules = set(_SCENE_RULES)
        self._scenes = self._scripts = 0

    def plan(self, jobs: Mapping[str, int]) -> None:
        """Snakemake's plan: rule → number of jobs. It knows nothing yet of scenes whose script is still to be written."""
        self._planned = Counter({rule: count for rule, count in jobs.items() if rule != "total"})
        for rule in self._planned:
            for stage in stages.stages_of(rule):
                self._reached.setdefault(stage, 0.0)

    def script(self, scenes: int, shapes: int) -> None:
        """A script was written: now the video's scenes and the shapes that it is rendered in are known."""
        self._scenes += scenes
        self._scripts += 1
        self._noted.update(
            {
                **{"speak_scene": scenes, "render_clip": scenes * shapes, "time_scenes": 1, "mix_soundtrack": 1},
                **{"join_video": shapes, "draw_poster": shapes},
            }
        )

    def started(self, job: int, rule: str, *, of_scene: bool = False) -> None:
        """A job began. of_scene: there is one for each scene, also where the rule is not ours."""
        if of_scene:
            self._scene_rules.add(rule)
        self._running[job] = (rule, 0.0)
        for stage in stages.stages_of(rule):
            self._reached.setdefault(stage, 0.0)

    def moved(self, job: int, fraction: float) -> None:
        """A running job has done that part of its work, 0..1."""
        if job in self._running:
            self._running[job] = (self._running[job][0], min(max(fraction, 0.0), 1.0))

    def ended(self, job: int, *, done: bool) -> None:
        """A job ended, well or not."""
        rule, _ = self._running.pop(job, ("", 0.0))
        self._done[rule] += done

    def stage(self, name: str) -> float:
        """Return how far a stage is, 0..1."""
        done = sum(_COST.get(rule, 1) * self._worked(rule) for rule in stages.rules_of(name))
        expected = sum(_COST.get(rule, 1) * self._expected(rule) for rule in stages.rules_of(name))
        floor = self._floor.get(name, 0.0)
        value = floor + (1 - floor) * min(done / expected, 1.0) if expected else self._reached.get(name, 0.0)
        self._reached[name] = max(self._reached.get(name, 0.0), value)
        return self._reached[name]

    def is_complete(self, name: str) -> bool:
        """Return whether a stage has no more work to do in this run, as far as is known."""
        rule = stages.CLOSING.get(name, name)
        if self._open_scripts() > 0 and name not in (stages.INPUT, stages.PARSING):
            return False
        return 0 < self._known(rule) <= self._done[rule]

    def complete(self, name: str) -> None:
        """A stage is done, also where fewer jobs were needed than expected."""
        self._reached[name] = 1.0

    def overall(self) -> float:
        """Return how far all is, 0 to almost 1."""
        weights = self._weights()
        value = sum(weight * self.stage(stage) for stage, weight in weights.items()) / (sum(weights.values()) or 1)
        self._overall = max(self._overall, min(value, ALMOST))
        return self._overall

    def _weights(self) -> dict[str, float]:
        """The share of each stage; of none that has nothing to do, as soon as that is known."""
        weights = {stage: stages.WEIGHTS.get(stage, stages.OWN_WEIGHT) for stage in self._reached}
        if self._known("translate_scene"):
            weights[stages.SCRIPT] = _TRANSLATING
        if not self._planned or self._open_scripts() > 0:
            return weights
        return {stage: weight for stage, weight in weights.items() if self._reached[stage] or self._has_work(stage)}

    def _has_work(self, stage: str) -> bool:
        return any(self._expected(rule) for rule in stages.rules_of(stage))

    def _open_scripts(self) -> int:
        return self._planned["write_script"] - self._done["write_script"]

    def _scenes_a_video(self) -> float:
        return self._scenes / self._scripts if self._scripts else _GUESS

    def _known(self, rule: str) -> float:
        if rule == "translate_scene":
            # One for each scene of the video that is translated. They are planned where its script was there before.
            return self._planned[rule] or self._planned["translate_video"] * self._scenes_a_video()
        if rule in self._scene_rules:
            return self._planned[rule] + (self._noted[rule] or self._scenes)
        return max(self._planned[rule], self._noted[rule])

    def _expected(self, rule: str) -> float:
        is_guessed = rule in self._scene_rules and rule != "translate_scene"
        guessed = self._scenes_a_video() * max(self._open_scripts(), 0) if is_guessed else 0
        seen = self._done[rule] + sum(of == rule for of, _ in self._running.values())
        return max(self._known(rule) + guessed, seen)

    def _worked(self, rule: str) -> float:
        return self._done[rule] + sum(fraction for of, fraction in self._running.values() if of == rule)

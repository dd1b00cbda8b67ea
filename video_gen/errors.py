"""Errors that a user can mend: each message names the cause, the place and the remedy."""


class VideoGenError(Exception):
    """Base of every error whose message is written for the user; never shown with a traceback."""


class InputError(VideoGenError):
    """A source, a script or another input file is not what it should be."""


class ConfigError(VideoGenError):
    """A setting is unknown or has a value that cannot be used."""


class EngineError(VideoGenError):
    """A speech engine, a translator or an online service could not do its work. `temporary`: trying again may help."""

    def __init__(self, message: str, *, temporary: bool = False):
        super().__init__(message)
        self.temporary = temporary


class StageError(VideoGenError):
    """A stage failed, for example because clips do not fit the report.

    stage: its name; log: the file that says more; both None where they are not known.
    """

    def __init__(self, message: str, *, stage: str | None = None, log: str | None = None):
        super().__init__(message)
        self.stage = stage
        self.log = log


class TaskError(VideoGenError):
    """A task is unknown, or cannot do what is asked of it in the state that it is in."""


class BusyError(TaskError):
    """Another run makes one of the same videos. `task_id` is its task, None if it is not one of ours."""

    def __init__(self, message: str, *, task_id: str | None = None):
        super().__init__(message)
        self.task_id = task_id


class Cancelled(VideoGenError):
    """A task was cancelled."""

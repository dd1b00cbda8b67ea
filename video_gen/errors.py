"""Errors that a user can mend: each message names the cause, the place and the remedy."""


class VideoGenError(Exception):
    """Base of every error whose message is written for the user; never shown with a traceback."""


class InputError(VideoGenError):
    """A source, a script or another input file is not what it should be."""


class ConfigError(VideoGenError):
    """A setting is unknown or has a value that cannot be used."""


class EngineError(VideoGenError):
    """A speech engine could not speak. `temporary` says whether trying again may help."""

    def __init__(self, message: str, *, temporary: bool = False):
        super().__init__(message)
        self.temporary = temporary


class StageError(VideoGenError):
    """A stage found its own inputs inconsistent, for example clips that do not fit the report."""

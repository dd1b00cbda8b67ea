"""What the shell offers when the Tab key is pressed."""

from collections.abc import Iterator


def tasks(incomplete: str) -> Iterator[tuple[str, str]]:
    """Ids of tasks, each with its status."""
    from video_gen import StateManager

    return ((state.task_id, state.status) for state in StateManager().list() if state.task_id.startswith(incomplete))


def videos(incomplete: str) -> Iterator[str]:
    """Names of the videos that this folder has sources of."""
    from video_gen.cli.folder import videos as known
    from video_gen.errors import VideoGenError

    try:
        return (name for name in known() if name.startswith(incomplete))
    except VideoGenError:  # a config.yaml that is being written right now
        return iter(())


def voices(incomplete: str) -> Iterator[str]:
    """Names of voices."""
    from video_gen.speech.voices import NAMES

    return (name for name in NAMES if name.startswith(incomplete))


def languages(incomplete: str) -> Iterator[str]:
    """Codes of languages."""
    from video_gen.speech.voices import DEFAULTS

    return (code for code in DEFAULTS if code.startswith(incomplete))


def engines(incomplete: str) -> Iterator[str]:
    """Names of engines."""
    from video_gen.speech import NAMES

    return (name for name in ("auto", "offline", *NAMES) if name.startswith(incomplete))


def themes(incomplete: str) -> Iterator[str]:
    """Names of themes."""
    from video_gen.scenes import theme

    return (name for name in theme.names() if name.startswith(incomplete))


def colours(incomplete: str) -> Iterator[str]:
    """Names of accent colours."""
    from video_gen.scenes.colours import NAMES

    return (name for name in NAMES if name.startswith(incomplete))


def statuses(incomplete: str) -> Iterator[str]:
    """What a task can be."""
    from video_gen import Status

    return (status for status in Status if status.startswith(incomplete))

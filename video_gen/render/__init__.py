"""Time, picture over time, sound track and the finished file."""

from video_gen.render import encode, join, soundtrack, timing

__all__ = ["encode", "join", "soundtrack", "timing"]

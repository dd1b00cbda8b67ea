"""The version of each stage. Bump a stage's number when its output would change: its rule then makes everything anew."""

from importlib.metadata import version

FETCH_TRANSCRIPT = 1
ADAPT_SOURCE = 1
TRANSLATE = 1
WRITE_SCRIPT = 2
SPEAK_SCENE = 1
TIME_SCENES = 1
DRAW_SCENES = 3
ENCODE_CLIP = 2
MIX_SOUNDTRACK = 3
JOIN_VIDEO = 2
WRITE_CAPTIONS = 1
DRAW_POSTER = 2
DRAW_PREVIEW = 1
DESCRIBE_VIDEO = 1
# Clips of one encoder join; those of another build of it may not.
ENCODER = version("av")

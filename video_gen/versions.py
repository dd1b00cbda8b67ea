"""The version of each stage. Bump a stage's number when its output would change: its rule then makes everything anew."""

ADAPT_SOURCE = 1
WRITE_SCRIPT = 1
SPEAK_SCENE = 1
TIME_SCENES = 1
DRAW_SCENES = 1
ENCODE_CLIP = 1
MIX_SOUNDTRACK = 2
JOIN_VIDEO = 1
WRITE_CAPTIONS = 1
DRAW_POSTER = 1
DRAW_PREVIEW = 1
DESCRIBE_VIDEO = 1

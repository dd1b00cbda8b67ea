"""`python -m video_gen` is the command `video-gen`."""

import sys

from video_gen.cli import main

sys.exit(main())

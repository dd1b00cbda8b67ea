"""On PYTHONPATH of a run: every process's real edge-tts client then asks a loopback server, and does not wait long.

FAKE_EDGE_SOCKET and FAKE_EDGE_LIST are the server's addresses.
"""

import importlib.util
import os
import sys
from importlib.abc import MetaPathFinder

ENGINE = "video_gen.speech.edge"


class Redirect(MetaPathFinder):
    """Waits for the import of the engine, since most processes never need it."""

    def find_spec(self, fullname, path, target=None):
        if fullname != ENGINE:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        run = spec.loader.exec_module

        def exec_module(module):
            run(module)
            redirect(module)

        spec.loader.exec_module = exec_module
        return spec


def redirect(engine):
    import edge_tts

    edge_tts.communicate.WSS_URL = os.environ["FAKE_EDGE_SOCKET"]
    edge_tts.voices.VOICE_LIST = os.environ["FAKE_EDGE_LIST"]
    quick = (2, 0.02, 10.0)  # attempts, delay, timeout
    engine.Edge.__init__.__defaults__ = quick + engine.Edge.__init__.__defaults__[len(quick) :]


sys.meta_path.insert(0, Redirect())

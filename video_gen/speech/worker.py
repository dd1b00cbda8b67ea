"""The child process of the engines that must not share a process: one utterance, then gone.

Run by its path as a program. Reads a JSON object from standard input: {"engine", "text", "voice"} and for Pico nothing
more. Writes one line of JSON {"rate", "events": [[kind, position, sample], …]} and then the samples, 16 bit, to standard
output. It imports nothing of the package, so it starts fast and does not depend on where the package lies.
"""

import ctypes
import json
import sys

SYNCHRONOUS, CHARS_UTF8, DONT_EXIT = 2, 1, 0x8000
WORD, END = 1, 5


class Event(ctypes.Structure):
    """espeak_EVENT of espeak-ng's speak_lib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


def espeak(text: str, voice: str) -> tuple[int, list[list[int]], bytes]:
    """Return rate, events [type, position of the character from 0, sample] and 16-bit samples. Raises OSError."""
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), DONT_EXIT)
    if rate <= 0:
        raise OSError(f"espeak-ng found no data under {espeakng_loader.get_data_path()}")
    library.espeak_ng_SetRandSeed(ctypes.c_long(1))  # else its noise differs from second to second of the clock
    if library.espeak_SetVoiceByName(voice.encode()) != 0:
        raise OSError(f"espeak-ng has no voice {voice!r}")
    sound, events = bytearray(), []

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(Event))
    def receive(samples: int | None, count: int, event: "ctypes._Pointer[Event]") -> int:
        if samples:
            sound.extend(ctypes.string_at(samples, 2 * count))
        index = 0
        while event[index].type != 0:
            if event[index].type in (WORD, END):
                events.append([event[index].type, event[index].text_position - 1, event[index].sample])
            index += 1
        return 0

    library.espeak_SetSynthCallback(receive)
    data = text.encode()
    if library.espeak_Synth(data, ctypes.c_size_t(len(data) + 1), 0, 1, 0, CHARS_UTF8, None, None) != 0:
        raise OSError("espeak-ng could not speak the text")
    return rate, events, bytes(sound)


def pico(text: str, voice: str) -> tuple[int, list[list[int]], bytes]:
    """Return rate, no events and 16-bit samples."""
    from py_nanotts import NanoTTS

    return 16_000, [], NanoTTS().speak(text, voice=voice)


def main() -> None:
    """Speak the request of standard input."""
    request = json.load(sys.stdin.buffer)
    speak = {"espeak": espeak, "pico": pico}[request["engine"]]
    try:
        rate, events, sound = speak(request["text"], request["voice"])
    except (OSError, ImportError, RuntimeError, ValueError) as error:
        sys.exit(str(error))
    sys.stdout.buffer.write(json.dumps({"rate": rate, "events": events}).encode() + b"\n" + sound)


if __name__ == "__main__":
    main()

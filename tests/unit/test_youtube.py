"""YouTube as a source: links, and the real client against a loopback YouTube with every fault of it."""

import json
import plistlib
import socket

import pytest
import youtube_transcript_api as client
from fakes import youtube_server
from fakes.youtube_server import BOT, ID, LINES, LINK, Track, Video, YouTubeServer

from video_gen import schema
from video_gen.errors import EngineError, InputError
from video_gen.sources import youtube, youtube_client, youtube_faults, youtube_text, youtube_tracks

KEEP = "output/transcripts/NAME.json"


@pytest.fixture(scope="module")
def service():
    with YouTubeServer() as server:
        yield server


@pytest.fixture
def server(service, monkeypatch):
    for name, value in service.environment.items():
        monkeypatch.setenv(name, value)
    service.reset()
    return service


def fetch(language="en", link=LINK, **changes):
    return youtube.fetch(link, language, **{"timeout": 5.0, "delay": 0.01, **changes})


def only(server, *captions, **changes):
    server.videos = {ID: Video(captions=list(captions), **changes)}


def failure(kind=EngineError, **options):
    """The message of a fetch that fails. It names the video, and stands in one line."""
    with pytest.raises(kind) as raised:
        fetch(**options)
    assert type(raised.value) is kind
    message = str(raised.value)
    assert message.startswith(f"{LINK}: ") and "\n" not in message
    return message


# Links


@pytest.mark.parametrize(
    "link",
    [
        ID,
        f"  {ID}\n",
        f"https://www.youtube.com/watch?v={ID}",
        f"http://youtube.com/watch?v={ID}&t=42s",
        f"youtube.com/watch?v={ID}",
        f"HTTPS://WWW.YouTube.com/watch?v={ID}",
        f"https://m.youtube.com/watch?app=desktop&v={ID}&list=PL0123456789&index=3",
        f"https://music.youtube.com/watch?v={ID}#t=3",
        f"https://youtu.be/{ID}?si=abc&t=1",
        f"youtu.be/{ID}",
        f"https://www.youtube.com/shorts/{ID}/",
        f"https://www.youtube.com/embed/{ID}?start=10",
        f"https://www.youtube.com/live/{ID}?feature=share",
        f"https://www.youtube-nocookie.com/embed/{ID}",
    ],
)
def test_every_usual_address_names_its_video(link):
    assert youtube.video_id(link) == ID
    assert youtube.canonical(link) == LINK


@pytest.mark.parametrize(
    "link",
    [
        "",
        "https://",
        "https://www.youtube.com/",
        "https://www.youtube.com/playlist?list=PL0123456789",
        "https://www.youtube.com/embed/videoseries?list=PL0123456789",
        "https://www.youtube.com/embed/live_stream?channel=UC0123456789",
        "https://www.youtube.com/@somebody",
        "https://www.youtube.com/channel/UC0123456789abcdefghij",
        "https://www.youtube.com/watch?v=short",
        f"https://www.youtube.com/watch?v={ID}x",
        f"https://www.youtube.com/watch?v={ID}%0A",
        f"https://evil.example/?x=youtube.com&v={ID}",
        f"https://evil.example/watch?v={ID}",
        f"https://youtube.com.evil.example/watch?v={ID}",
        f"https://evilyoutube.com/watch?v={ID}",
        f"https://youtube.com@evil.example/watch?v={ID}",
        f"ftp://youtube.com/watch?v={ID}",
        f"file:///youtube.com/watch?v={ID}",
        f"https://[youtube.com/watch?v={ID}",
        "https://vimeo.com/123456789",
    ],
)
def test_any_other_address_is_refused_with_the_known_forms(link):
    with pytest.raises(InputError) as raised:
        youtube.video_id(link)
    message = str(raised.value)
    assert repr(link) in message and "https://youtu.be/ID" in message and "/watch?v=ID" in message


def test_a_long_address_is_not_repeated_whole():
    with pytest.raises(InputError) as raised:
        youtube.video_id("https://example.org/" + "x" * 10_000)
    assert len(str(raised.value)) < 600


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("windows.url", b"[InternetShortcut]\r\nIDList=\r\nURL=%s\r\nIconIndex=0\r\n"),
        (
            "section.URL",
            b"\xef\xbb\xbf[{000214A0-0000-0000-C000-000000000046}]\nProp3=19,2\n[INTERNETSHORTCUT]\nurl = %s\n",
        ),
        ("bare.url", b"\n\n  %s  \nanother line\n"),
        ("noted.url", b"# to be filmed again\n%s\n"),
        ("linux.desktop", b"[Desktop Entry]\nType=Link\nName[de]=Film 100%%\nURL=%s\nIcon=text-html\n"),
        ("run.desktop", b"#!/usr/bin/env xdg-open\n[Desktop Entry]\nURL=%s\n"),
    ],
)
def test_link_files_of_windows_and_linux(tmp_path, name, data):
    link = f"{LINK}&t=1%25"
    (tmp_path / name).write_bytes(data % link.encode())
    assert youtube.link_of(tmp_path / name) == link


def test_a_wide_link_file(tmp_path):
    (tmp_path / "wide.url").write_text(f"[InternetShortcut]\nURL={LINK}\n", encoding="utf-16")
    assert youtube.link_of(tmp_path / "wide.url") == LINK


@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_link_files_of_macos(tmp_path, form):
    (tmp_path / "mac.webloc").write_bytes(plistlib.dumps({"URL": LINK}, fmt=form))
    assert youtube.link_of(tmp_path / "mac.webloc") == LINK


ENTITY = b'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY e SYSTEM "file:///etc/passwd">]><plist><dict><key>URL</key><string>&e;</string></dict></plist>'


@pytest.mark.parametrize(
    ("name", "data", "wrong"),
    [
        ("empty.url", b"", "holds no address"),
        ("blank.desktop", b" \n\n", "holds no address"),
        ("other.url", b"[Other]\nURL=https://youtu.be/x\n", "holds no address"),
        ("no.url", b"[InternetShortcut]\nURL=\n", "holds no address"),
        ("nothing.url", b"[InternetShortcut]\nURL\n", "holds no address"),
        ("broken.url", b"[InternetShortcut\n  odd\n", "holds no address"),
        ("list.webloc", plistlib.dumps([LINK]), "holds no address"),
        ("number.webloc", plistlib.dumps({"URL": 5}), "holds no address"),
        ("half.webloc", plistlib.dumps({"URL": LINK})[:-30], "holds no address"),
        ("half2.webloc", plistlib.dumps({"URL": LINK}, fmt=plistlib.FMT_BINARY)[:-30], "holds no address"),
        ("date.webloc", b"<plist><dict><key>URL</key><date>never</date></dict></plist>", "holds no address"),
        ("entity.webloc", ENTITY, "holds no address"),
        ("large.url", b"[InternetShortcut]\n" + b";\n" * 40_000, "is too large"),
    ],
)
def test_a_file_without_an_address_is_refused(tmp_path, name, data, wrong):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=wrong) as raised:
        youtube.link_of(tmp_path / name)
    assert str(tmp_path / name) in str(raised.value)


def test_a_missing_link_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"gone\.url: cannot be read"):
        youtube.link_of(tmp_path / "gone.url")


# What comes back


def test_a_transcript_is_whole(server):
    transcript = fetch()
    assert transcript == {
        "video_id": ID,
        "link": LINK,
        "title": "Planting trees",
        "author": "The Garden",
        "language": "en",
        "kind": "manual",
        "duration": 60.0,
        "description": "How to plant a tree.\n\n0:00 Welcome\n0:20 Digging\n0:40 Watering",
        "chapters": [
            {"start": 0, "title": "Welcome"},
            {"start": 20, "title": "Digging"},
            {"start": 40, "title": "Watering"},
        ],
        "snippets": [{"start": start, "duration": length, "text": text} for start, length, text in LINES],
    }
    assert server.requests == ["watch", "player", "captions"]
    assert all(address.startswith("https://www.youtube.com/") for address in server.addresses)
    schema.check(json.loads(json.dumps(transcript)), "transcript", "transcript", InputError)


def test_any_form_of_the_link_gives_the_same(server):
    assert fetch(link=f"youtu.be/{ID}?t=9") == fetch(link=ID) == fetch()


MANUAL, GENERATED = Track("en"), Track("en", generated=True)


@pytest.mark.parametrize(
    ("tracks", "language", "expected", "kind"),
    [
        ([MANUAL, GENERATED], "en", "en", "manual"),
        ([GENERATED, Track("en-GB")], "en-US", "en-GB", "manual"),
        ([Track("pt-PT"), Track("pt"), Track("pt-BR")], "pt-BR", "pt-BR", "manual"),
        ([Track("pt-PT"), Track("pt")], "pt-BR", "pt", "manual"),
        ([Track("en-x7Yq0z_ab")], "en", "en", "manual"),
        ([MANUAL, Track("de", generated=True)], "de", "de", "generated"),
        ([Track("fr"), Track("de", generated=True), MANUAL], "es", "es", "translated"),
        ([Track("iw")], "he", "he", "manual"),
        ([MANUAL], "he", "he", "translated"),
        ([MANUAL], "zh-TW", "zh-TW", "translated"),
        ([Track("no")], "nb", "no", "manual"),
        ([GENERATED], "es", "es", "translated"),
        ([GENERATED, Track("fr")], "fi", "fr", "manual"),
        ([GENERATED], "fi", "en", "generated"),
        ([Track("fr", translatable=False), GENERATED], "de", "de", "translated"),
        ([Track("fr", translatable=False), Track("en", translatable=False)], "de", "fr", "manual"),
    ],
)
def test_the_track_is_chosen_in_order(server, tracks, language, expected, kind):
    only(server, *tracks)
    transcript = fetch(language)
    assert (transcript["language"], transcript["kind"]) == (expected, kind)


def test_a_translation_is_of_what_was_spoken(server):
    only(server, Track("fr"), Track("de"), Track("de", generated=True))
    transcript = fetch("es")
    assert [one["text"] for one in transcript["snippets"]] == [f"es: {text}" for _, _, text in LINES]
    assert server.addresses[-1].endswith("&lang=de&tlang=es")


@pytest.mark.parametrize(("language", "warned"), [("en", False), ("en-GB", False), ("fi", True)])
def test_another_language_is_a_warning(server, language, warned):
    warnings = youtube.warnings(fetch(language), language)
    assert bool(warnings) is warned
    assert all(LINK in text and "fi" in text and "en" in text for text in warnings)


def test_no_other_language_is_taken_where_one_alone_is_wanted(server):
    only(server, GENERATED, Track("fr"), Track("fr-CA"))
    told = failure(InputError, language="fi", only=True)
    assert "no captions in fi" in told and "in: fr, fr-CA, en." in told and "translation.engine" in told
    assert [fetch(code, only=True)["language"] for code in ("es", "fr-FR", "en", "")] == ["es", "fr", "en", "en"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", "en"), ("en-US", "en-US"), ("pt_br", "pt-BR"), ("en-eEY6OEpapPo", "en"), ("iw", "he"), ("zh-Hans", "zh-CN"),
        ("es-419", "es-MX"), ("sr-Latn", "sr"), ("fil", "fil"), ("nb-NO", "no-NO"), ("live_chat", "und"), ("", "und"),
    ],
)  # fmt: skip
def test_codes_of_languages(code, expected):
    assert youtube_tracks.code(code) == expected


@pytest.mark.parametrize(
    ("details", "title", "author"),
    [
        ({"title": " A\n title\x00 \u202f", "author": "B"}, "A title", "B"),
        ({"title": "A title"}, "A title", "The Garden (oEmbed)"),
        ({"title": 5, "author": ["x"]}, ID, ""),
        ({}, "Planting trees (oEmbed)", "The Garden (oEmbed)"),
        ({"title": "x" * 1000, "author": "y" * 1000}, "x" * 500, "y" * 200),
    ],
)
def test_title_and_author(server, details, title, author):
    server.videos[ID].details = details
    transcript = fetch()
    assert (transcript["title"], transcript["author"]) == (title, author)
    assert transcript["duration"] == 9.5 and transcript["description"] == "" and transcript["chapters"] == []


@pytest.mark.parametrize("fault", ["404", "500", "garbage", "drop", "elsewhere"])
def test_a_video_without_a_known_title_is_still_fetched(server, fault):
    server.videos[ID].details, server.faults = {}, {"oembed": [fault]}
    transcript = fetch()
    assert (transcript["title"], transcript["author"]) == (ID, "")
    assert server.requests.count("oembed") == 1


def test_captions_are_in_order_without_marks(server):
    lines = (
        (9.0, 1.0, "the last"),
        (0.0, 1.5, "[Music]"),
        (1.0, 2.0, "&amp;gt;&amp;gt; It&amp;#39;s\nTom &amp;amp; me. [Applause]"),
        (3.0, 1.0, "♪"),
        (4.0004, -2.0, "♪ la &amp;lt;la ♪"),
        (5.0, 1.0, "(Laughter)"),
        (6.0, 1.0, "..."),
        ("nan", "inf", "time"),
    )
    only(server, Track(lines=lines))
    assert fetch()["snippets"] == [
        {"start": 0.0, "duration": 0.0, "text": "time"},
        {"start": 1.0, "duration": 2.0, "text": "It's Tom & me."},
        {"start": 4.0, "duration": 0.0, "text": "la <la"},
        {"start": 9.0, "duration": 1.0, "text": "the last"},
    ]


@pytest.mark.parametrize(
    ("caption", "words"),
    [
        ("then [upbeat music] we go", "then we go"),
        ("that is [ __ ] good", "that is good"),
        ("[Musik][Beifall] Hallo", "Hallo"),
        ("[音楽] こんにちは", "こんにちは"),
        ("take a[i] and [1, 2, 3] of [x]", "take a[i] and [1, 2, 3] of [x]"),
        (">>> Who? >> Me.", "Who? Me."),
        ("x >>= 3 and a>>b", "x >>= 3 and a>>b"),
        ("see (later) (applause)", "see (later)"),
        ("tab\tnull\x00 zero\u200bwidth", "tab null zero width"),
        ("[" * 5000 + "a" * 5000, "[" * 5000 + "a" * 5000),
    ],
)
def test_words_of_captions(caption, words):
    assert youtube_text.said(caption) == words


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["0:00 Intro", "1:30 Middle", "1:02:03 - The end"], [(0, "Intro"), (90, "Middle"), (3723, "The end")]),
        (["(00:00) One", "[01:00] Two &amp; more", "(1:00:00) – Three:"], [(0, "One"), (60, "Two & more"), (3600, "Three")]),
        (["• 0:00 | One", "▶ 0:10 | Two", "- 0:20 | Three"], [(0, "One"), (10, "Two"), (20, "Three")]),
        (["0:00 - 0:59 One", "1:00–1:59 Two", "2:00 2nd part"], [(0, "One"), (60, "Two"), (120, "2nd part")]),
        (["3:00 is my favourite", "", "0:00 One", "text", "1:00 Two", "2:00 Three"], [(0, "One"), (60, "Two"), (120, "Three")]),
        (["0:00 One", "1:00 Two"], []),
        (["0:30 One", "1:00 Two", "2:00 Three"], []),
        (["0:00 One", "2:00 Two", "1:00 Three"], []),
        (["0:00 One", "1:00 Two", "1:00 Three"], []),
        (["0:00 One", "1:00 Two", "9:00:00 Beyond the end"], []),
        (["0:00 One", "1:00", "2:00 —"], []),
        (["0:00 One", "1:75 Two", "2:00:000 Three", "3:000 Four"], []),
        (["at 0:00 One", "at 1:00 Two", "at 2:00 Three"], []),
        ([], []),
    ],
)  # fmt: skip
def test_chapters_of_descriptions(rows, expected):
    chapters = youtube_text.chapters("\n".join(rows), 7200.0)
    assert [(chapter["start"], chapter["title"]) for chapter in chapters] == expected


def test_a_description_keeps_its_lines_and_its_limit():
    assert youtube_text.lines(" a\r\n\tb\x07\n\n\ud800c ") == "a\n b\n\n c"
    assert len(youtube_text.lines("x" * 9000)) == 5000
    assert youtube_text.lines(None) == ""


# Faults


@pytest.mark.parametrize("kind", ["watch", "player", "captions"])
@pytest.mark.parametrize("fault", ["429", "500", "503", "drop", "cut"])
def test_a_fault_that_may_pass_is_tried_again(server, kind, fault):
    server.faults = {kind: [fault, fault]}
    assert fetch()["snippets"][0]["text"] == LINES[0][2]
    assert server.requests.count(kind) == 3


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("429", ("status 429", KEEP, "refuses this network")),
        ("503", ("status 503", "Try again later")),
        ("drop", ("connection to YouTube broke", "Check the connection")),
        ("cut", ("connection to YouTube broke (the answer ended early)", "Check the connection")),
    ],
)
def test_a_fault_that_stays_is_told_after_the_last_try(server, fault, told):
    server.faults = {"player": [fault] * 3}
    message = failure()
    assert all(text in message for text in told)
    assert server.requests.count("player") == 3


def test_an_answer_that_does_not_come_is_not_waited_for(server):
    server.faults = {"watch": ["slow", "slow"]}
    message = failure(timeout=0.2, attempts=2)
    assert "did not answer in time" in message and KEEP in message
    assert server.requests == ["watch", "watch"]


def test_pauses_grow(server, monkeypatch):
    pauses = []
    monkeypatch.setattr(youtube.time, "sleep", pauses.append)
    server.faults = {"watch": ["500"] * 3}
    fetch(attempts=4, delay=1.0)
    assert [round(pause / 2**place, 2) for place, pause in enumerate(pauses)] == pytest.approx([1, 1, 1], abs=0.26)
    assert pauses[0] < pauses[1] < pauses[2]


# What does not pass: where it comes from, what the message says, of which kind it is.
LASTING = [
    ({"faults": {"watch": ["captcha"]}}, EngineError, ("refuses this network", KEEP, "cloud")),
    ({"faults": {"watch": ["sorry"]}}, EngineError, ("refuses this network", KEEP)),
    ({"faults": {"watch": ["consent host"]}}, EngineError, ("consent", KEEP)),
    ({"faults": {"watch": ["elsewhere"]}}, EngineError, ("leads away", "https://portal.example.net", "browser")),
    ({"faults": {"captions": ["plain http"]}}, EngineError, ("leads away", "http://www.youtube.com")),
    ({"faults": {"watch": ["no key"]}}, EngineError, ("unknown way", "pip install -U youtube-transcript-api")),
    ({"faults": {"watch": ["huge"]}}, EngineError, ("larger than 20 MB",)),
    ({"faults": {"captions": ["403"]}}, EngineError, ("status 403", KEEP)),
    ({"faults": {"player": ["400"]}}, EngineError, ("status 400",)),
    ({"faults": {"player": ["empty"]}}, EngineError, ("unknown way (no JSON)", "pip install -U")),
    ({"faults": {"player": ["garbage"]}}, EngineError, ("unknown way (no JSON)",)),
    ({"playability": {"status": "LOGIN_REQUIRED", "reason": BOT}}, EngineError, ("refuses this network", KEEP)),
    (
        {"playability": {"status": "LOGIN_REQUIRED", "reason": BOT.replace("’", "'")}},
        EngineError,
        ("refuses this network", KEEP),
    ),
    (
        {"playability": {"status": "LOGIN_REQUIRED", "reason": "This video may be inappropriate for some users."}},
        InputError,
        ("grown-ups", "Markdown"),
    ),
    ({"playability": {"status": "LOGIN_REQUIRED", "reason": "Sign in to confirm your age"}}, InputError, ("grown-ups",)),
    (
        {"playability": {"status": "LOGIN_REQUIRED", "reason": "This video is private"}},
        InputError,
        ("“This video is private”", "everybody can watch"),
    ),
    ({"playability": {"status": "UNPLAYABLE"}}, InputError, ("without a reason",)),
    ({"playability": {"status": "ERROR", "reason": "This video is unavailable"}}, InputError, ("no such video",)),
    ({"playability": {"status": "UNPLAYABLE", "reason": "Not\n\x1b[31m here" + "x" * 999}}, InputError, ("“Not [31m here",)),
    ({"captions": None}, InputError, ("has no captions", "another video")),
    ({"captions": []}, InputError, ("has no captions", "another video")),
    ({"captions": [Track(lines=((0, 1, "[Music]"),))]}, InputError, ("hold no words",)),
    ({"captions": [Track(extra="&exp=xpe")]}, EngineError, ("only to its own players", "Markdown")),
    ({"captions": [Track(lines=(("soon", 1, "Hello"),))]}, EngineError, ("unknown way (ValueError)",)),
    ({"playability": {"status": "UNPLAYABLE", "errorScreen": {"playerErrorMessageRenderer": {
        "subreason": {"runs": [{"text": "Blocked in"}, {"text": "your country"}]}}}}}, InputError, ("“Blocked in your country”",)),
    ({"playability": None}, EngineError, ("unknown way (AttributeError)",)),
]  # fmt: skip


@pytest.mark.parametrize(("play", "kind", "told"), LASTING)
def test_what_does_not_pass_is_told_at_once(server, play, kind, told):
    play = dict(play)
    server.faults = {name: list(faults) for name, faults in play.pop("faults", {}).items()}
    server.videos = {ID: Video(**play)}
    message = failure(kind)
    assert all(text in message for text in told), message
    assert max(server.requests.count(name) for name in server.requests) == 1
    assert len(message) < 800 and "\x1b" not in message


def test_an_unknown_video(server):
    server.videos = {}
    assert "no such video" in failure(InputError)


@pytest.mark.parametrize("fault", ["empty", "garbage"])
def test_broken_captions(server, fault):
    server.faults = {"captions": [fault]}
    assert fetch()["kind"] == "manual"
    server.faults = {"captions": [fault] * 3}
    assert "broken captions" in failure()


def test_the_consent_page_is_answered_by_the_client(server):
    server.consent = True
    assert fetch()["title"] == "Planting trees"
    assert server.requests == ["watch", "watch", "player", "captions"]


def test_redirects_within_youtube_are_followed(server):
    server.faults = {"watch": ["mobile"]}
    assert fetch()["title"] == "Planting trees"
    assert server.addresses[1].startswith("https://m.youtube.com/watch?")


def test_captions_at_another_host_are_not_fetched(server, monkeypatch):
    """The caption address is a part of an answer, so that it might be any."""
    tracks = youtube_server._tracks

    def elsewhere(*arguments):
        text = json.dumps(tracks(*arguments))
        return json.loads(text.replace("https://www.youtube.com/api", "https://169.254.169.254/api"))

    monkeypatch.setattr(youtube_server, "_tracks", elsewhere)
    assert "leads away from YouTube, to https://169.254.169.254" in failure()
    assert server.refused == []


def test_entities_in_captions_are_not_expanded(server):
    server.videos[ID].captions = [Track(lines=((0, 1, "</text><!DOCTYPE"),))]
    assert "broken captions" in failure()


# The network


@pytest.fixture
def no_proxy(monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


def closed_port():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return unused.getsockname()[1]


def test_no_network_is_told_at_once(no_proxy, monkeypatch):
    asked = []

    def unknown(*arguments, **_):
        asked.append(arguments[0])
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    message = failure(delay=60.0)
    assert "cannot be reached from here (Temporary failure in name resolution)" in message and KEEP in message
    assert asked == ["www.youtube.com"]


def test_a_refused_connection_is_tried_again(no_proxy, monkeypatch):
    address = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", closed_port()))
    asked = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: asked.append(1) or [address])
    assert "the connection to YouTube broke (Connection refused)" in failure()
    assert len(asked) == 3


def test_a_proxy_that_is_not_there(server, monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    message = failure()
    assert "the proxy cannot be used (Connection refused)" in message and "HTTPS_PROXY" in message


def test_an_unknown_certificate_is_not_accepted(server, monkeypatch):
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    message = failure()
    assert "not safe" in message and "REQUESTS_CA_BUNDLE" in message
    assert server.requests == []


def test_temporary_faults_say_so(server):
    server.faults = {"watch": ["500"] * 3}
    with pytest.raises(EngineError) as raised:
        fetch()
    assert raised.value.temporary
    server.faults = {"watch": ["captcha"]}
    with pytest.raises(EngineError) as raised:
        fetch()
    assert not raised.value.temporary


def test_errors_of_the_client_are_told_in_words_of_our_own():
    known = {
        client.IpBlocked(ID): youtube_faults.BLOCKED,
        client.RequestBlocked(ID): youtube_faults.BLOCKED,
        client.AgeRestricted(ID): youtube_faults.AGE,
        client.TranscriptsDisabled(ID): youtube_faults.SILENT,
        client.NoTranscriptFound(ID, ["en"], None): youtube_faults.SILENT,
        client.FailedToCreateConsentCookie(ID): youtube_faults.CONSENT,
        client.YouTubeDataUnparsable(ID): youtube_faults.STRANGE.format("YouTubeDataUnparsable"),
    }
    for error, text in known.items():
        with pytest.raises(youtube_faults.Fault) as raised, youtube_faults.plainly():
            raise error
        assert str(raised.value) == text


def test_cookies_are_kept_in_memory_alone(server, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    server.consent = True
    fetch()
    fetch()
    assert server.requests.count("watch") == 4, "each fetch is asked for consent anew"
    assert list(tmp_path.iterdir()) == []


def test_the_client_leaves_the_guard_in_its_place(server):
    with youtube_client._session(5.0, {}) as session:
        guard = session.get_adapter(LINK)
        assert list(client.YouTubeTranscriptApi(http_client=session).list(ID))
        assert session.get_adapter(LINK) is session.get_adapter("http://example.org") is guard

"""Whole documents as people write them: nothing is lost, every story validates and can be watched."""

import html
import re

import pytest
from jsonschema import Draft202012Validator

from video_gen.files import read_json
from video_gen.script.narration import narrate
from video_gen.sources.markdown import to_video

CLI_TOOL = """\
<!-- do not edit the badges -->
[![CI](https://github.com/acme/shelf/actions/workflows/ci.yml/badge.svg)](https://github.com/acme/shelf/actions)
[![Release](https://img.shields.io/badge/release-1.2-blue.svg)](https://example.org/shelf)

# shelf

`shelf` keeps your **dotfiles** in one Git repository and links them into place. It never overwrites a file that it did
not create, and it can undo everything it did.

![Screenshot of shelf listing three profiles](docs/screen.png)

## Table of contents

- [Features](#features)
- [Installation](#installation)

## Features

- **Profiles**: one repository for your laptop, your server and your work machine.
- **Dry runs**: see what would change before anything does.
- **Undo** – every run is written to a journal that can be played backwards.
- Encrypted secrets
- Works on Linux, macOS and Windows

## Installation

With pip:

```bash
pip install shelf-dotfiles
```

With Homebrew:

```bash
brew install acme/tap/shelf
```

## Quick start

1. Create a repository:

   ```console
   $ shelf init ~/dotfiles
   Created /home/you/dotfiles
   ```

2. Add a file. It is moved into the repository and replaced by a link.

   ```console
   $ shelf add ~/.vimrc
   ```

3. Commit and push as you always do.

## Configuration

Configuration lives in `shelf.toml`. Every key may also be set by an environment variable, which is what you want in
containers.

| Key | Default | Description |
| --- | --- | --- |
| `link` | `symbolic` | Kind of link that is made |
| `backup` | `true` | Whether an existing file is kept |
| `profile` | *none* | Profile that is used when none is named |

### Exit codes

The exit code is `0` on success, `1` when something went wrong, and `2` when you asked for something impossible.

## FAQ

### Why not just use stow?

Stow is great. It has no idea of profiles, though, and it cannot tell you what it would do on another machine.

> A tool that moves my files had better be boring.
>
> — A happy user

## License

MIT
"""

LIBRARY = """\
---
title: Kettle, a tiny HTTP client
description: A guided tour of the Kettle library.
language: en
accent_color: green
voice: female
tags: [http, python]
---

# Kettle

Kettle is a tiny HTTP client for Python with sane defaults. It sets a timeout on every request, retries what can safely
be retried, and gives you types all the way down.

## A first request

Import the client and ask for a page. The response is read lazily, so large downloads do not fill the memory.

```python
from kettle import Client

client = Client(timeout=5)
page = client.get("https://example.org")
print(page.status, len(page.text))
```

## Moving from requests

Before:

```python
import requests

response = requests.get(url, timeout=5)
response.raise_for_status()
data = response.json()
```

After:

```python
import kettle

data = kettle.get_json(url)
```

The new call raises on errors by itself and never hangs.

## Upgrading to version 2

The option was renamed in version 2.

```diff
-client = Client(retry=3)
+client = Client(attempts=3)
 client.get(url)
```

> [!WARNING]
> Version 2 drops Python 3.8. Pin version 1 if you cannot upgrade yet.

## Design

We follow three rules:

1. Every default is safe.
2. Every error says what to do next.
3. No call blocks for ever.
   - There is a timeout for connecting.
   - There is one for reading.
"""

GUIDE = """\
Growing tomatoes on a balcony
=============================

Tomatoes are the most rewarding plant for a balcony. They need sun, water and a little attention, and they repay it from
July to October. This guide takes you from seed to harvest, and it does not assume that you have ever grown anything.

Choosing a variety
------------------

Not every tomato likes a pot. Bush varieties stay small and carry their fruit early, while vine varieties climb to two
metres and need a stake. If this is your first year, take a bush variety: it forgives almost everything.

Ask at a local nursery which varieties do well in your climate. The plants in supermarkets are often bred for
greenhouses, and they sulk in the wind. A good nursery will also sell you a plant that has already been hardened off,
i.e. one that has spent some nights outside.

| Variety | Height | Days to harvest |
| ------- | ------ | --------------- |
| Balcony Red | 40 cm | 60 |
| Tumbling Tom | 30 cm | 65 |
| Gardener's Delight | 180 cm | 75 |
| Black Krim | 200 cm | 80 |
| Roma | 120 cm | 78 |
| Green Zebra | 150 cm | 80 |
| Sungold | 200 cm | 57 |
| Moneymaker | 180 cm | 77 |

Watering
--------

Water in the morning. Wet leaves in the evening invite blight[^1], and cold water at noon shocks the roots. A pot of
twelve litres needs about a litre a day in summer, more when the wind blows; if the top three centimetres of the soil
are dry, it is time. Never let a pot stand in water for more than an hour, because roots that cannot breathe will rot.

[^1]: A fungus-like organism that turns leaves brown within days.

Feeding
-------

* Start two weeks after planting.
* Use a tomato fertiliser
  * liquid: every week
  * granules: every month
    * half the dose for bush varieties
* Stop in September.

Common problems
---------------

### Split fruit

Uneven watering is the cause. Mulch helps.

### Leaves that curl

Usually this is heat, and the plant recovers by night. If the leaves stay curled, look for aphids underneath &amp; rinse
them off with a hose.
"""

HTML_HEAVY = """\
<p align="center">
  <img src="logo.svg" alt="Beacon logo" width="200">
</p>

<h1 align="center">Beacon</h1>

<p align="center">
  <b>Feature flags</b> without a service.<br>
  Ship behind a switch, and flip it when you are ready.
</p>

<p align="center">
  <a href="https://img.shields.io/x"><img src="https://img.shields.io/x.svg" alt="downloads"></a>
</p>

<div align="center">

[Website](https://beacon.example) · [Docs](https://beacon.example/docs)

</div>

## 🚀 Getting started

<details>
<summary>Install on Windows</summary>

```powershell
PS> winget install beacon
```

Then restart the terminal.

</details>

Everything else is the same on all systems.

<table>
  <tr><th>Plan</th><th>Flags</th></tr>
  <tr><td>Free</td><td>Ten</td></tr>
  <tr><td>Team</td><td>Unlimited</td></tr>
</table>

<script>alert("never spoken")</script>

<!-- nor this -->

Press <kbd>Ctrl</kbd>+<kbd>C</kbd> to stop.
"""

DOCUMENTS = {"cli": CLI_TOOL, "library": LIBRARY, "guide": GUIDE, "html": HTML_HEAVY}
SCHEMA = Draft202012Validator(read_json("schemas/video.schema.json"))


def told(video: dict) -> str:
    """All that is seen or heard of a video, as one text."""
    parts: list[str] = []
    for scene in video["scenes"]:
        content = scene["visual_content"]
        parts.append(scene.get("narration") or narrate(scene["scene_type"], content, video.get("language", "en")))
        parts += strings(content)
    return " ".join(parts)


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for each in values for text in strings(each)]


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def prose_of(text: str) -> str:
    """A document without what is no substance: front matter, comments, tags, images, addresses, contents."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    text = re.sub(r"<!--.*?-->|<script>.*?</script>|<[^>]*>|^ *\|[-| ]+\|$", " ", text, flags=re.S | re.M)
    text = re.sub(
        r"!\[[^]]*\]\([^)]*\)|^\[Website\].*$|^- \[\w+\]\(#\w+\)$|^## Table of contents$", " ", text, flags=re.M
    )
    text = re.sub(
        r"\[\]\([^)]*\)|\]\([^)]*\)|\[\^1\]|^(```|~~~).*$|^ +```.*$|PS>|^\d+\.|\[!WARNING\]", " ", text, flags=re.M
    )
    return html.unescape(text)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_story_is_valid_and_complete(name):
    video, _ = to_video(DOCUMENTS[name], f"docs/{name}.md", name)
    SCHEMA.validate(video)
    assert video["scenes"][0]["scene_type"] == "title" and video["scenes"][-1]["scene_type"] == "outro"
    headings = {"description", "key", "variety", "plan"}  # the heads of tables' first columns
    assert words(prose_of(DOCUMENTS[name])) - words(told(video)) - headings == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_marks_reach_the_text(name):
    video, _ = to_video(DOCUMENTS[name], f"{name}.md", name)
    shown = [
        text
        for scene in video["scenes"]
        for key, value in scene["visual_content"].items()
        if key not in ("code", "before_code", "after_code", "commands")
        for text in strings(value)
    ] + [scene.get("narration", "") for scene in video["scenes"]]
    for text in shown:
        assert not re.search(r"\*\*|`|\]\(|<\w|&amp;|\[\^|never spoken|nor this", text), text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_sources_name_lines_that_hold_the_words(name):
    lines = DOCUMENTS[name].splitlines()
    video, _ = to_video(DOCUMENTS[name], f"{name}.md", name)
    for scene in video["scenes"][1:-1]:
        source = scene["source"]
        assert 1 <= source["line_start"] <= source["line_end"] <= len(lines)
        held = words("\n".join(lines[source["line_start"] - 1 : source["line_end"]]))
        content = {k: v for k, v in scene["visual_content"].items() if k not in ("header", "title", "attribution")}
        seen = words(" ".join(strings(content)))
        assert len(seen & held) >= 0.7 * len(seen), (scene["scene_id"], seen - held)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_ends_of_lines_make_no_difference(name):
    unix = to_video(DOCUMENTS[name], "a.md", "a")
    assert to_video(DOCUMENTS[name].replace("\n", "\r\n"), "a.md", "a") == unix


def test_story_of_a_tool():
    video, warnings = to_video(CLI_TOOL, "README.md", "shelf")
    kinds = [(scene["scene_id"], scene["scene_type"]) for scene in video["scenes"]]
    assert kinds == [
        ("title", "title"),
        ("features_list", "list"),
        ("installation_commands", "command"),
        ("quick_start_commands", "command"),
        ("quick_start_commands_2", "command"),
        ("quick_start_text", "title"),
        ("configuration_table", "table"),
        ("exit_codes_text", "title"),
        ("why_not_just_use_stow_text", "list"),
        ("why_not_just_use_stow_quote", "quote"),
        ("license_text", "title"),
        ("outro", "outro"),
    ]
    assert warnings == [
        "README.md, line 10, section “shelf”: the picture “Screenshot of shelf listing three profiles” is not shown."
    ]
    commands = video["scenes"][2]["visual_content"]["commands"]
    assert commands == [
        "# With pip",
        "$ pip install shelf-dotfiles",
        "",
        "# With Homebrew",
        "$ brew install acme/tap/shelf",
    ]
    assert video["scenes"][3]["visual_content"]["commands"] == [
        "$ shelf init ~/dotfiles",
        "→ Created /home/you/dotfiles",
    ]
    assert video["scenes"][9]["visual_content"]["attribution"] == "A happy user"


def test_story_of_a_library():
    video, _ = to_video(LIBRARY, "README.md", "kettle")
    assert {key: video[key] for key in ("title", "language", "accent_color", "voice")} == {
        "title": "Kettle, a tiny HTTP client",
        "language": "en",
        "accent_color": "green",
        "voice": "female",
    }
    moved = next(s for s in video["scenes"] if s["scene_id"] == "moving_from_requests_comparison")["visual_content"]
    assert moved["before_label"] == "Before" and moved["after_label"] == "After" and moved["language"] == "python"
    assert moved["after_code"] == "import kettle\n\ndata = kettle.get_json(url)"
    renamed = next(s for s in video["scenes"] if s["scene_id"] == "upgrading_to_version_2_comparison")["visual_content"]
    assert renamed["before_code"] == "client = Client(retry=3)\nclient.get(url)"
    assert renamed["after_code"] == "client = Client(attempts=3)\nclient.get(url)"


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("seconds", [20, 40, 70])
def test_condensed_stories_name_every_section_that_lost_words(name, seconds):
    full, _ = to_video(DOCUMENTS[name], "a.md", "a")
    short, warnings = to_video(DOCUMENTS[name], "a.md", "a", target_duration=seconds)
    SCHEMA.validate(short)
    kept = {scene["scene_id"]: scene for scene in short["scenes"]}
    said = words(told(short))
    for scene in full["scenes"][1:-1]:
        lost = words(scene.get("narration") or narrate(scene["scene_type"], scene["visual_content"])) - said
        lost -= words("simply first then just run and in after finally to")
        if lost:
            line = scene["source"]["line_start"]
            assert any(covers(warning, DOCUMENTS[name], line) for warning in warnings), (scene["scene_id"], lost)
    assert {"title", "outro"} <= set(kept) and len(kept) >= 3


def covers(warning: str, document: str, line: int) -> bool:
    """Whether a warning names the section that a line stands in, or the line's own."""
    named = int(re.search(r"line (\d+)", warning)[1])
    following = [
        n for n, text in enumerate(document.splitlines(), 1) if n > named and re.match(r"#|=====|-----|<summary", text)
    ]
    return named <= line <= (following[1] if len(following) > 1 else 10**6)

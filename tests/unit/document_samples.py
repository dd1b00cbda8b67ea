"""Whole documents as people write them: of a tool, of a library, a guide, and one full of HTML."""

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

# What translations depend on: the script of the video that they are of.
from re import escape

from video_gen import translation as translations

TRANSLATED = "output/translations/{video}/{scene}.json"


def names_of_translations():
    return "|".join(escape(name) for name, of in SOURCES.items() if of.of)


def translation():
    """What the name of a translation is."""
    return names_of_translations() or r"\b\B"  # nothing


def no_translation():
    return rf"(?!(?:{translation()})\.){names.WILDCARD}"


def known_translations(wildcards):
    """What was translated or mended before is not asked again, as the speech cache does it."""
    return f"output/translations/{wildcards.video}/known.texts.json"


def translator():
    """Who translates. Not params: another server translates nothing again."""
    given = config["translation"]
    return {
        "translation_slots": 1,
        "known": known_translations,
        **{f"translation_{key}": given[key] or "" for key in ("engine", "url", "model")},
    }


def translated(wildcards):
    """The video that a translation is of."""
    return SimpleNamespace(video=source_of(wildcards).of)


def script_translated(wildcards):
    """The script that is translated, waited for; its date alone translates nothing again."""
    return script_file(translated(wildcards))


def script_to_read(wildcards):
    return f"output/scripts/{translated(wildcards).video}.json"


def settled_script_translated(wildcards):
    return ancient(script_to_read(wildcards))


script_translated.pattern = settled_script_translated.pattern = script_to_read.pattern = (
    "output/scripts/{translated video}.json"
)


def texts_to_translate(wildcards, texts):
    """All that a translation depends on: its words, both languages, and the terms of the glossary that stand in the words."""
    language = source_of(wildcards).language
    return {
        "texts": texts,
        "source": script_of(translated(wildcards))["language"],
        "target": language,
        "by_hand": config["translation"]["engine"] == "copy",
        "glossary": translations.terms(config["translation"]["glossary"], language, texts),
    }


def title_texts(wildcards):
    return texts_to_translate(wildcards, translations.texts_of_head(script_of(translated(wildcards))))


def scene_texts(wildcards):
    script = script_of(translated(wildcards))
    try:
        scene, _ = find_scene(script, wildcards.scene)
    except VideoGenError as error:
        stop(error)
    return texts_to_translate(wildcards, translations.texts_of(scene))


def translated_scenes(wildcards):
    files = expand(TRANSLATED, **wildcards, scene=scene_ids(translated(wildcards)))
    # Where nobody translates, the title's job alone says so.
    return files if config["translation"]["engine"] or all(Path(file).exists() for file in files) else []


translated_scenes.pattern = TRANSLATED


def spec_translated(wildcards):
    return ancient(f"output/specs/{translated(wildcards).video}.yaml")


def order_translated(wildcards):
    return scene_order(translated(wildcards))

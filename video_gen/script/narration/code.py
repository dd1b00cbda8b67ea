"""What can be said about a piece of code without reading it: its language, what it defines, its first comment."""

import re

from video_gen.script.narration.wording import joined, number, plain

_LANGUAGES = {
    "bash": "shell", "c": "C", "c++": "C++", "console": "", "cpp": "C++", "cs": "C#", "csharp": "C#", "css": "CSS",
    "docker": "Docker", "dockerfile": "Docker", "go": "Go", "golang": "Go", "graphql": "GraphQL", "hcl": "Terraform",
    "html": "HTML", "ini": "", "java": "Java", "javascript": "JavaScript", "js": "JavaScript", "json": "JSON",
    "json5": "JSON", "jsonc": "JSON", "jsx": "JavaScript", "kotlin": "Kotlin", "kt": "Kotlin", "lua": "Lua",
    "make": "make", "makefile": "make", "mermaid": "", "objective-c": "Objective-C", "output": "", "php": "PHP",
    "plaintext": "", "powershell": "PowerShell", "ps1": "PowerShell", "py": "Python", "pycon": "Python",
    "python": "Python", "python3": "Python", "r": "R", "rb": "Ruby", "rs": "Rust", "ruby": "Ruby", "rust": "Rust",
    "scala": "Scala", "sh": "shell", "shell": "shell", "snakemake": "Snakemake", "sql": "SQL", "swift": "Swift",
    "terraform": "Terraform", "text": "", "toml": "TOML", "ts": "TypeScript", "tsx": "TypeScript", "txt": "",
    "typescript": "TypeScript", "xml": "XML", "yaml": "YAML", "yml": "YAML", "zsh": "shell",
}  # fmt: skip
_DATA = {"JSON", "YAML", "TOML", "XML", "HTML", "CSS", "Docker", "Terraform"}

_DEFINITION = re.compile(
    r"^\s*(?:export\s+|default\s+|pub(?:lic)?\s+|private\s+|static\s+|async\s+)*"
    r"(class|def|fn|func|function|interface|struct|enum|trait|rule|checkpoint)\s+([A-Za-z_]\w*)",
    re.MULTILINE,
)
_COMMENT = re.compile(r"^\s*(?:#(?!!)|//|--|;)+\s*(\w[^\n]{3,160})$", re.MULTILINE)
_KINDS = {"def": "function", "fn": "function", "func": "function"}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def language_name(language: object) -> str:
    """Return the language as it is spoken ("py" → "Python"), "" for plain text."""
    key = plain(language).lower()
    return _LANGUAGES.get(key, key.capitalize())


def noun(language: object) -> str:
    """Return what the code is to be called: "Python code", "YAML", "example"."""
    name = language_name(language)
    if not name:
        return "example"
    return name if name in _DATA else f"{name} code"


def definitions(code: str) -> str:
    """Return the first three things that the code defines, in words: "the function load and the class Job"."""
    found = list(dict.fromkeys(_DEFINITION.findall(code)))
    return joined([f"the {_KINDS.get(kind, kind)} {words(name)}" for kind, name in found[:3]])


def defined_names(code: str) -> list[str]:
    """Return the names of the first three things that the code defines, without a word of any language."""
    return [words(name) for _, name in dict.fromkeys(_DEFINITION.findall(code))][:3]


def first_comment(code: str) -> str:
    """Return the first comment of the code that holds words, or ""."""
    for comment in _COMMENT.findall(code):
        if len(re.findall(r"[^\W\d_]{2,}", comment)) >= 2 and not re.search(r"[(){}=;<>]", comment):
            return plain(comment)
    return ""


def words(name: str) -> str:
    """Return an identifier as words: "parse_config" → "parse config", "loadFile" → "load File"."""
    return _CAMEL.sub(" ", name.replace("_", " ")).strip() or name


def lines(code: str) -> str:
    """Return the number of lines that hold something, in words."""
    count = sum(1 for line in code.splitlines() if line.strip())
    return f"{number(count)} line{'' if count == 1 else 's'}"

"""Where the parts of the workflow are: beside the package in a clone, inside it in an installed wheel."""

from pathlib import Path


def workflow_dir() -> Path:
    """Return the folder that holds Snakefile, rules, scripts, schemas, profiles and the default config.yaml."""
    package = Path(__file__).resolve().parent
    installed = package / "workflow"
    return installed if installed.is_dir() else package.parent

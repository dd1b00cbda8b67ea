"""Narrated videos from documents, made by a Snakemake graph of plain files."""

__version__ = "0.1.0"

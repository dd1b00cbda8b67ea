"""All that starts and watches Snakemake."""

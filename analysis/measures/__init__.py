"""One package for each group of questions; what a chart shows is computed here and nowhere else."""

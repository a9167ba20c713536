"""Public sources in, the one table out: no Dash, no Plotly."""

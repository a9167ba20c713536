"""How the page is served: routes, limits, files, health, the production server. Imports ``callbacks`` and below."""

"""What is seen before any script has run: the page as HTML, its first chart as SVG. Imports the rooms of layouts."""

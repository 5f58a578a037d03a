"""The course as a folder of static pages, which need no server: written down from the app's own pages."""

"""From arrays to figures: palette and template, what a live figure is, one module for each chapter."""

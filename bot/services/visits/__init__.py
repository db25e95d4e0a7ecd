"""Visits: planned, brought to mind once a day, recorded with a few taps, missed ones seen."""

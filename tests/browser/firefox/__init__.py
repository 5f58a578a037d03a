"""The system's own Firefox goes through the app: another engine finds other faults.

Playwright drives Firefox only in a build of its own, which is not to be had everywhere; Firefox itself speaks
WebDriver BiDi, of which `bidi` knows the few commands that these tests need.
"""

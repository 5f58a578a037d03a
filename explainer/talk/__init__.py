"""Giving a talk with the app: scenes on a projector, moved by keys or by a desk on a second device.

It reads the chapters by what they declare, and shows their figures on pages of its own, without Streamlit.
"""

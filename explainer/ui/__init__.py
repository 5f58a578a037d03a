"""What pages share of Streamlit: frame, settings and session, controls, caching, showing the source."""

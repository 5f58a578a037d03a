"""What the ASGI app adds to Streamlit's own server; it knows no chapter."""

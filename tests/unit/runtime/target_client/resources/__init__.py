"""Resources of the Telnyx API."""

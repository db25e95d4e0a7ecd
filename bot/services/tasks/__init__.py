"""Tasks of an office: made by any story, worked on in chat and on the page."""

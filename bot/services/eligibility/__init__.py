"""The self-check of eligibility in conversation, handed to people or gone after a day."""

"""Rasa's door into the services: thin translators, one file per noun."""

"""What we add to Rasa: components, memory, door. Runs on Python 3.10 and imports only `bot.reading` of the project."""

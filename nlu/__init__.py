"""What we add to Rasa: components of its pipeline, its memory, its door. Python 3.10; of ours only `bot.reading` is used."""

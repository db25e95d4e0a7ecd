# Everything a newcomer types. `make help` lists it.
.DEFAULT_GOAL := help
SHELL := /bin/sh
APP := .venv/.installed-app
DEV := .venv/.installed-dev
RASA := .venv-rasa/.installed
PY := .venv/bin/python

.PHONY: help run run-many test test-faults test-scale test-talks lint train eval bench sbom audit types

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort

$(APP): requirements/app.txt requirements/uv.txt
	@sh deploy/install.sh .venv requirements/app.txt $@ 3.11 3.12 3.13
	@VIRTUAL_ENV=.venv .venv/bin/uv pip install --quiet --offline --no-deps --no-build-isolation --editable . # .venv/bin/hutong
$(DEV): requirements/dev.txt $(APP)
	@sh deploy/install.sh .venv requirements/dev.txt $@ 3.11 3.12 3.13
$(RASA): requirements/rasa.txt $(APP)
	@sh deploy/install.sh .venv-rasa requirements/rasa.txt $@ 3.10

run: $(APP) $(RASA) ## install what is missing, start everything, print the address
	@[ -f "$${HUTONG_VAR_DIR:-var}/rasa.token" ] || $(PY) -m bot.cli init
	@exec .venv/bin/honcho start

run-many: $(DEV) $(RASA) ## the set-up for more than one machine, all of it on loopback (deploy/README.md)
	@[ -f "$${HUTONG_VAR_DIR:-var}/rasa.token" ] || $(PY) -m bot.cli init --no-database
	@rm -f "$${HUTONG_VAR_DIR:-var}/database.url" # of a folder that was moved or copied it names the old place
	@exec .venv/bin/honcho -f deploy/Procfile.many start

# What a commit's tests show on less of it (tests/faults/sizes.py).
WHOLE := $(addprefix tests/faults/test_,kills.py telegram_kills.py visit_kills.py migration_kills.py visit_clock.py contact_clock.py floods.py poison.py \
  media.py random_readers.py random_families.py) tests/services/visits/test_forged_visits.py tests/page/test_families.py \
  tests/conversations/test_eligibility.py tests/storage/test_migrations.py
test-faults: $(DEV) $(RASA) train ## long fuzzing, everything in full size, then any process killed at random: make test-faults MINUTES=10 SEED=7
	@HUTONG_FUZZ_EXAMPLES=$${EXAMPLES:-200} $(PY) -m pytest tests/faults/test_fuzz_api.py tests/faults/test_fuzz_talk.py
	@sh deploy/browser.sh
	@HUTONG_FULL_SIZE=1 $(PY) -m pytest -s $(WHOLE)
	@HUTONG_FULL_SIZE=1 $(PY) -m pytest -n 3 -k postgres tests/services tests/gateway # every case of every test
	@$(PY) -m tests.faults.daytime tests.faults.chaos --minutes $${MINUTES:-2} --seed $${SEED:-$$(date +%s)}

train: $(APP) $(RASA) ## train the language model if its inputs changed
	@.venv-rasa/bin/python deploy/train.py

# The tests' own modules too are compiled once, also where Python is told not to write beside the sources.
COMPILED := PYTHONPYCACHEPREFIX=$(CURDIR)/.pytest_cache/compiled PYTHONDONTWRITEBYTECODE=
test: $(DEV) $(RASA) train ## every test of a commit
	@sh deploy/browser.sh
	@$(COMPILED) $(PY) -m pytest -n 3

lint: $(DEV) $(RASA) ## linters, types, import contracts, varied sentences, Rasa's own check of its data
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@$(PY) deploy/repeats.py
	@RASA_TELEMETRY_ENABLED=false SQLALCHEMY_SILENCE_UBER_WARNING=1 PYTHONWARNINGS=ignore .venv-rasa/bin/python -m nlu data validate \
	  --data data/nlu data/rules --domain domain

eval: $(DEV) $(RASA) ## how well it understands: danger on frozen sentences, intents of voices it never read
	@$(PY) -m tests.measuring.understanding

bench: $(DEV) $(RASA) train ## how fast it is, beside stock Rasa in the same run
	@$(PY) -m tests.measuring.speed

CHILDREN ?= 10000 100000 1000000
test-scale: $(DEV) ## how a morning grows with the children, beside one APScheduler job per child (half an hour; CHILDREN="…")
	@$(PY) -m tests.measuring.scale sqlite $(filter-out 1000000 10000000,$(CHILDREN))
	@$(PY) -m tests.measuring.scale postgres $(CHILDREN)
	@$(PY) -m tests.measuring.scale reassess
	@$(PY) -m tests.measuring.county

CHATS ?= 500
test-talks: $(DEV) $(RASA) train ## many talks open at once, a report in each, at 70 % of capacity: make test-talks CHATS=10000
	@$(PY) -m tests.measuring.talks $(CHATS)

sbom: $(DEV) ## what both environments are made of, as CycloneDX JSON under var/sbom; needs no network
	@sh deploy/sbom.sh

audit: $(DEV) ## known holes of what both environments are locked to: PyPI's record where it can be asked, and the reviewed list
	@$(PY) deploy/audit.py

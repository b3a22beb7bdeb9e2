# make report: compile the sample edition into dist/: the annual report and a PDF of each profile.   make test: run the tests.
# make judge: have the finished PDFs judged by veraPDF, qpdf and others; FILES="a.pdf b.pdf" judges these.
# All install what they need into .venv; nothing else on the machine is touched but missing system libraries.

PYTHON ?= python3
BIN = .venv/bin

.PHONY: report test judge lint lock docs clean

report: .venv/ready
	$(BIN)/monitorpub compile profiles/volume.yaml -o dist/annual-report.pdf --profiles

test: .venv/ready
	$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

# Without FILES: the sample edition, and the profiles made for tests.  A judge that is missing here is named and passed over.
judge: .venv/ready
	$(BIN)/python tools/judge.py --all $(ARGS) $(FILES)

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: .venv/ready
	$(BIN)/python tools/make_docs.py

# The lock names packages and hashes, no addresses.
lock:
	uv pip compile --quiet pyproject.toml --extra dev --extra judges --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -o requirements.txt

.venv/ready: requirements.txt pyproject.toml tools/system_libraries.py
	@$(PYTHON) tools/system_libraries.py
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing into .venv ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf .venv build dist/*.pdf dist/judged

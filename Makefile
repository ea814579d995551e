# The front door. Each target sets up what it needs; nothing but Python 3.11+ has to be there.

PY := .venv/bin/python
CODE := bot adapters flows migrations tests bench docs

.PHONY: demo setup test check docs site assets bench fuzz soak mutants lowest lock audit clean

demo: .venv/.run  ## the whole bot on this machine, with a browser chat
	@$(PY) -m bot sandbox $(ARGS)

setup: .venv/.dev  ## .venv with everything for development

test: .venv/.dev  ## all checks and tests; PostgreSQL and a browser included
	@.ci/system
	@.ci/test $(ARGS)

check: .venv/.dev  ## lint, types, imports, docs
	$(PY) -m ruff check $(CODE)
	$(PY) -m ruff format --check $(CODE)
	$(PY) -m mypy $(CODE)
	.venv/bin/lint-imports --no-logo
	$(PY) -m docs.generate --check

site: .venv/.dev  ## docs/ as a site, in site/; fails where a link leads nowhere
	@$(PY) -m docs.site

docs: .venv/.dev  ## write the generated pages of docs/reference anew
	$(PY) -m docs.generate

assets:  ## build the page's foreign parts anew, from the locked packages
	@.ci/system
	@.ci/assets

bench: .venv/.dev  ## figures beside a peer of the same run; JSON in bench/results
	@$(PY) -m bench $(ARGS)

fuzz: .venv/.dev  ## the properties with many more generated cases
	@.ci/fuzz $(ARGS)

soak: .venv/.dev  ## thousands of simulated worlds, long kill -9 loops, 100,000 steps of the model
	@.ci/soak $(ARGS)

mutants: .venv/.dev  ## small faults planted in the core, and which of them no test notices
	@$(PY) -m tests.mutants $(ARGS)

lowest: .venv/.dev  ## the tests with the lowest versions that pyproject.toml declares
	@.ci/lowest $(ARGS)

lock: .venv/.dev  ## pin the dependencies of pyproject.toml anew
	@.ci/lock

audit: .venv/.dev  ## known weaknesses of what the bot runs on; asks PyPI, and fails where that does not answer
	$(PY) -m pip_audit --strict --disable-pip --require-hashes --progress-spinner off -r requirements/run.txt

clean:  ## all that can be made again; never what the bot keeps (var/)
	rm -rf .venv site .lowest .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*

.venv/.run: requirements/run.txt
	@.ci/setup run

.venv/.dev: requirements/run.txt requirements/dev.txt
	@.ci/setup dev

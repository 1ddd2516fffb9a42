# SPDX-License-Identifier: EUPL-1.2
# Front door for developers; meson does the work. `make help` prints the verbs.
.POSIX:
.PHONY: all help check fast torture asan tsan fuzz bench lint tidy format cover docs install clean
.SILENT:

SECONDS_FOR_FUZZ = 60
SECONDS_FOR_TORTURE = 60

all: ## build build/inbeeld (the same build as ./run)
	sh tools/build.sh build -Dbuildtype=release -Doptimization=2 -Dtests=false -Dbench=false

help: ## these verbs
	sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 16

check: ## all tests, as ./check
	./check

fast: ## tests without the browser, for every save
	./check --fast

torture: ## refuse every allocation in turn, over base and weigh (ASan)
	sh tools/torture.sh $(SECONDS_FOR_TORTURE)

asan: ## unit tests under ASan and UBSan (clang)
	sh tools/sanitize.sh asan

tsan: ## unit tests of the desk and the base under TSan (clang)
	sh tools/sanitize.sh tsan

fuzz: ## all fuzzers, two at a time, SECONDS_FOR_FUZZ=60 in total
	sh tools/fuzz.sh $(SECONDS_FOR_FUZZ)

bench: ## benchmarks, release build
	sh tools/build.sh build-bench -Dbuildtype=release -Doptimization=2 -Dtests=false -Dbench=true
	meson test -C build-bench --no-rebuild --benchmark --verbose

lint: all ## the house rules
	python3 tests/lint/lint.py --binary build/inbeeld

tidy: ## clang-tidy 14 (install clang-tidy-14), to read rather than to obey
	sh tools/build.sh build-check -Dtests=true -Dbench=false
	clang-tidy-14 -p build-check --quiet $$(find src -name '*.c')

format: ## clang-format 14 over all C files
	find src include tests fuzz bench tools -name '*.[ch]' -exec clang-format-14 -i {} +

cover: ## branch coverage of the unit tests (clang); COVER=src/2_weigh for one folder
	sh tools/cover.sh $(COVER)

docs: ## man pages from docs/man into build/man
	mkdir -p build/man
	for page in docs/man/*.scd; do \
	    scdoc <"$$page" >"build/man/$$(basename "$$page" .scd)" || exit 1; done

install: all docs ## install under DESTDIR and PREFIX (default /usr/local)
	install -D -m 755 build/inbeeld "$(DESTDIR)$${PREFIX:-/usr/local}/bin/inbeeld"
	for page in build/man/*.1; do \
	    install -D -m 644 "$$page" \
	        "$(DESTDIR)$${PREFIX:-/usr/local}/share/man/man1/$$(basename "$$page")"; done

clean: ## remove everything that was built
	rm -rf build build-* .run

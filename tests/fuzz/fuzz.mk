# The fuzzers with all that they reach instrumented: `make fuzz` calls this by way of run.sh. GNU make.
#
# srcdir: the folder of src/ and tests/; yaml: the folder of libyaml's source, or nothing for the library as it is
# installed (then the fuzzer sees nothing of what happens in it).

CLANG ?= clang
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all
# What is compared with what is left out: half the time, and string functions are seen all the same.
CFLAGS = -std=c11 -g -O2 -fno-omit-frame-pointer -fno-sanitize-coverage=trace-cmp
fuzzers = apply digest expr filter form key record
folders = base form record assessment caseload session review report

all: $(fuzzers:%=fuzz-%)

objects = $(patsubst $(srcdir)/%.c,%.o,$(foreach f,$(folders),$(wildcard $(srcdir)/src/$(f)/*.c)))
our_flags = -D_GNU_SOURCE -I. -I$(srcdir)/src -I$(srcdir)/tests -DALONGSIDE_FORMS='"."'

ifneq ($(yaml),)
yaml_objects = $(addprefix yaml/,api.o emitter.o parser.o reader.o scanner.o writer.o)
our_flags += -I$(yaml)/include
else
yaml_libs = -lyaml
endif

# All that is asked of it here.
config.h:
	echo '#define PACKAGE_VERSION "fuzz"' > $@

$(objects): %.o: $(srcdir)/%.c | config.h
	@mkdir -p $(@D)
	$(CLANG) $(CFLAGS) $(SANITIZE) -fsanitize=fuzzer-no-link $(our_flags) -MMD -MP -c -o $@ $<

# libyaml adds nothing to no pointer and compares what is beside: its own affair, so only address here.
yaml/%.o: $(yaml)/src/%.c
	@mkdir -p $(@D)
	$(CLANG) -g -O2 -w -fsanitize=address,fuzzer-no-link -fno-sanitize-coverage=trace-cmp -I$(yaml)/include -DYAML_DECLARE_STATIC \
	    -DYAML_VERSION_STRING='"0"' -DYAML_VERSION_MAJOR=0 -DYAML_VERSION_MINOR=0 -DYAML_VERSION_PATCH=0 -c -o $@ $<

all.a: $(objects) $(yaml_objects)
	rm -f $@
	ar rcs $@ $^

fuzz-%: $(srcdir)/tests/fuzz/fuzz-%.c all.a
	$(CLANG) $(CFLAGS) $(SANITIZE) -fsanitize=fuzzer $(our_flags) -MMD -MP -MF $@.d -o $@ $< all.a \
	    $(yaml_libs) -lsodium -ljansson -lunistring -lsqlite3 -lm

-include $(objects:.o=.d) $(fuzzers:%=fuzz-%.d)
.PHONY: all

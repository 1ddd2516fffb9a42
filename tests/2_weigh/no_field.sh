#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The type that is weighed cannot be given origin, sex, religion or a name: a program that tries it
# does not compile, and the same program with a field that exists does. Prints TAP.
#
#   no_field.sh INCLUDE COMPILER…
set -u
include=$1
shift
LC_ALL=C
export LC_ALL

# The program with one more member written.
program() {
    printf '#include <inbeeld/weigh.h>\n'
    printf 'int inb_try(const void *value);\n'
    printf 'int inb_try(const void *value) {\n'
    printf '    inb_facts facts = {.reporter = INB_REPORTER_SCHOOL, %s};\n' "$1"
    printf '    return value != (const void *)0 && facts.roles != 0;\n}\n'
}

number=0
failed=0
answer() { # good|bad, what
    number=$((number + 1))
    if [ "$1" = good ]; then
        echo "ok $number - $2"
    else
        failed=1
        echo "not ok $number - $2"
    fi
}

members='.nationality .sex .gender .religion .origin .country_of_birth .ethnicity .name
    .birth_date .age.birth_date .situation.nationality .situation.residence'
count=4
for member in $members; do
    count=$((count + 1))
done
echo "1..$count"

for member in '.roles = 1' '.age = {INB_AGE_CHILD, 15}' '.situation = {.denies = 1}' \
    '.circumstances = {{0}}'; do
    if program "$member" | "$@" -std=gnu17 -I "$include" -fsyntax-only -x c -; then
        answer good "compiles with $member"
    else
        answer bad "compiles with $member"
    fi
done
for member in $members; do
    field=${member##*.}
    member="$member = 1"
    said=$(program "$member" | "$@" -std=gnu17 -I "$include" -fsyntax-only -x c - 2>&1)
    status=$?
    # It fails, and because of that field: not for another reason.
    if [ "$status" -ne 0 ] && printf '%s' "$said" | grep -q "error:.*'$field'\|error:.*\\.$field" &&
        [ "$(printf '%s\n' "$said" | grep -c 'error:')" -eq 1 ]; then
        answer good "does not compile with $member"
    else
        answer bad "does not compile with $member: $status $(printf '%s' "$said" | head -n 1)"
    fi
done
exit $failed

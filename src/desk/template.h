// SPDX-License-Identifier: EUPL-1.2
// Pages from templates that escape by themselves. A template is compiled once; the compiler follows
// the HTML and decides for every placeholder in which context it stands (text, attribute, URL). A
// placeholder anywhere else (tag or attribute name, unquoted value, script, style, comment, event
// handler) is refused, and no notation leaves escaping out.
//
//   {{name}}                       a value, escaped for where it stands
//   {{t page.card.title}}          a text of the catalogue; {name} inside it is a value
//   {{#name}} … {{/name}}          once for a true flag or a text that is not empty; once per item
//   {{^name}} … {{/name}}          where it is false, empty or has no items
//   {{> name}}                     the template _name.html, as if written here
//   {{! words }}                   nothing
#ifndef INB_DESK_TEMPLATE_H
#define INB_DESK_TEMPLATE_H

#include <inbeeld/arena.h>
#include <inbeeld/buffer.h>
#include <inbeeld/status.h>

#include <stdbool.h>

typedef struct inb_template inb_template;

// Gives the source of an included template, or NULL where there is none; borrowed.
typedef const char *(*inb_template_source)(const char *name, size_t *ret_length, void *payload);

// Compiles text[0..length), both borrowed for as long as the template lives, as are the sources of
// includes. A complaint is "name:line: found …". Owner of *ret_template: the caller.
inb_status inb_template_compile(const char *name, const char *text, size_t length,
    inb_template_source source, void *payload, inb_template **ret_template,
    inb_error *err) INB_NODISCARD;
void inb_template_free(inb_template *compiled); // accepts NULL
void inb_template_freep(inb_template **compiled);

// Key number `index` of the texts it uses, NULL past the last: for checks.
const char *inb_template_text_key(const inb_template *compiled, size_t index);

// ---- values ----

// Names with values: texts, flags, and lists of further scopes, in an arena. A name that is not
// found is looked for in the scope around it.
typedef struct inb_scope inb_scope;

// NULL when memory is out; every function below accepts NULL and then does nothing, so that a page
// checks once (inb_scope_ok).
inb_scope *inb_scope_new(inb_arena *arena);
// text: NUL-ended, borrowed; NULL is taken as "".
void inb_scope_text(inb_scope *scope, const char *name, const char *text);
void inb_scope_format(inb_scope *scope, const char *name, const char *format, ...)
    INB_PRINTF(3, 4); // copied into the arena
void inb_scope_flag(inb_scope *scope, const char *name, bool flag);
// One more item of list `name`.
inb_scope *inb_scope_item(inb_scope *scope, const char *name);
// False where something did not fit into memory.
bool inb_scope_ok(const inb_scope *scope);

// The text at a key, or NULL.
typedef const char *(*inb_text_source)(const char *key, const void *payload);

// Appends the page to `out`. A placeholder without a value is a failure (INB_INTERNAL); a section
// without one is false.
inb_status inb_template_render(const inb_template *compiled, const inb_scope *scope,
    inb_text_source texts, const void *payload, inb_buffer *out, inb_error *err) INB_NODISCARD;

// Whether `url` may stand as a whole address: a path on this site, a fragment, https:, tel:,
// mailto:.
bool inb_url_allowed(const char *url);

#endif

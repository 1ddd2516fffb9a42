// SPDX-License-Identifier: EUPL-1.2
// Pages: every context escapes for itself, and a corpus of injections comes out of every context
// without a way out of it.

#include "template_help.h"

static const char *texts(const char *key, const void *payload) {
    (void)payload;
    return strcmp(key, "greet") == 0 ? "Hello <{v}> & {w}{" : NULL;
}

// The page that `text` gives for v and w; owned by the caller's buffer.
static const char *page(const char *text, const char *v, const char *w, inb_buffer *out) {
    inb_template *compiled = NULL;
    inb_arena *arena = NULL;
    inb_error err = INB_ERROR_INIT;
    ck_assert_msg(help_compile(text, &compiled, &err) == INB_OK, "%s: %s", text, err.message);
    ck_assert_int_eq(inb_arena_new(0, &arena, &err), INB_OK);
    inb_scope *scope = inb_scope_new(arena);
    inb_scope_text(scope, "v", v);
    inb_scope_text(scope, "w", w);
    inb_scope_flag(scope, "yes", true);
    inb_scope_flag(scope, "no", false);
    for (int i = 0; i < 3; i++) {
        inb_scope *item = inb_scope_item(scope, "items");
        inb_scope_format(item, "n", "%d", i);
        inb_scope_flag(item, "first", i == 0);
    }
    inb_buffer_reset(out);
    ck_assert_msg(inb_template_render(compiled, scope, texts, NULL, out, &err) == INB_OK, "%s: %s",
        text, err.message);
    inb_template_free(compiled);
    inb_arena_free(arena);
    return inb_buffer_get(out);
}

INB_TEST(values_are_escaped_for_where_they_stand) {
    inb_buffer out = INB_BUFFER_INIT(100000);
    ck_assert_str_eq(page("<p>{{v}}</p>", "<a href=\"x\">'&'", "", &out),
        "<p>&lt;a href=&#34;x&#34;&gt;&#39;&amp;&#39;</p>");
    ck_assert_str_eq(page("<p class=\"a {{v}}\">", "\" onclick=\"x", "", &out),
        "<p class=\"a &#34; onclick=&#34;x\">");
    ck_assert_str_eq(page("<p class='a {{v}}'>", "' x='", "", &out), "<p class='a &#39; x=&#39;'>");
    ck_assert_str_eq(page("<a href=\"{{v}}\">", "/nl/card?x=1&y=2", "", &out),
        "<a href=\"/nl/card?x=1&amp;y=2\">");
    ck_assert_str_eq(page("<a href=\"/x/{{v}}\">", "a/../b?c#d", "", &out),
        "<a href=\"/x/a%2F..%2Fb%3Fc%23d\">");
    ck_assert_str_eq(page("<a href=\"/{{v}}/card\">", "", "", &out), "<a href=\"/_/card\">");
    ck_assert_str_eq(
        page("<a href=\"tel:{{v}}\">", "+31 70", "", &out), "<a href=\"tel:%2B31%2070\">");
    ck_assert_str_eq(page("<title>{{v}}</title>", "</title><script>", "", &out),
        "<title>&lt;/title&gt;&lt;script&gt;</title>");
    ck_assert_str_eq(
        page("{{v}}", "a\x01\xff\x7f\n", "", &out), "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\n");
    ck_assert_str_eq(
        page("{{t greet}}", "<i>", "\"", &out), "Hello &lt;&lt;i&gt;&gt; &amp; &#34;{");
    ck_assert_str_eq(page("{{t no.such}}", "", "", &out), "no.such");
    ck_assert_str_eq(page("<p>{{! {{v} }}x</p>", "", "", &out), "<p>x</p>");
    inb_buffer_clear(&out);
}
INB_END

INB_TEST(only_harmless_addresses_are_let_through) {
    static const char *const good[] = {"/", "/nl/", "#main", "https://example.org/a?b", "tel:112",
        "mailto:a@example.org", "HTTPS://x"};
    static const char *const bad[] = {"javascript:alert(1)", "JaVaScRiPt:alert(1)",
        " javascript:alert(1)", "java\tscript:alert(1)", "//example.org", "/\\example.org",
        "data:text/html,x", "http://example.org", "vbscript:x", "", "x", "https:example",
        "\x01javascript:x", "/a b", "blob:x", "file:///etc/passwd"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        ck_assert_msg(inb_url_allowed(good[i]), "%s", good[i]);
    }
    inb_buffer out = INB_BUFFER_INIT(100000);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_msg(!inb_url_allowed(bad[i]), "%s", bad[i]);
        ck_assert_str_eq(page("<a href=\"{{v}}\">", bad[i], "", &out), "<a href=\"#\">");
        ck_assert_str_eq(page("<form action=\"{{v}}\">", bad[i], "", &out), "<form action=\"#\">");
    }
    inb_buffer_clear(&out);
}
INB_END

INB_TEST(sections_lists_and_includes) {
    inb_buffer out = INB_BUFFER_INIT(100000);
    ck_assert_str_eq(
        page("{{#yes}}a{{/yes}}{{^yes}}b{{/yes}}{{#no}}c{{/no}}{{^no}}d{{/no}}", "", "", &out),
        "ad");
    ck_assert_str_eq(
        page("{{#v}}x{{v}}{{/v}}{{^w}}-{{/w}}{{#unset}}y{{/unset}}", "1", "", &out), "x1-");
    ck_assert_str_eq(
        page("{{#items}}{{n}}{{#first}}!{{/first}}{{v}} {{/items}}", "z", "", &out), "0!z 1z 2z ");
    ck_assert_str_eq(page("<input {{#yes}}checked {{/yes}}{{#no}}disabled {{/no}}>", "", "", &out),
        "<input checked >");
    ck_assert_str_eq(page("<p class=\"a{{#yes}} b{{/yes}}\">", "", "", &out), "<p class=\"a b\">");
    ck_assert_str_eq(page("{{> good}}|{{> good}}", "<", "", &out), "<b>&lt;</b>|<b>&lt;</b>");
    inb_buffer_clear(&out);
}
INB_END

// Whatever is put in, the tags of the page stay those of the template.
INB_TEST(injections_do_not_get_out) {
    static const char *const corpus[] = {"<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
        "</title><svg onload=alert(1)>", "--><script>x</script>", "javascript:alert(1)",
        "&lt;script&gt;", "{{v}}", "{{#yes}}", "{v}", "\\\"", "`onload=x`", "</textarea><b>",
        "]]><x>", "%3Cscript%3E", "\xC0\xBCscript>", "\xE2\x80\xA8", "a\0b<", "\xF0\x9F\x98\x80<",
        "=\"", "/>", "\r\n<x>", "<!--", "data:text/html;base64,PHNjcmlwdD4="};
    static const char *const places[] = {"<p>{{v}}</p>", "<p title=\"{{v}}\">x</p>",
        "<p title='{{v}}'>x</p>", "<textarea>{{v}}</textarea>", "<title>{{v}}</title>",
        "<a href=\"{{v}}\">x</a>", "<a href=\"/a/{{v}}\">x</a>", "<p>{{t greet}}</p>",
        "<p title=\"{{t greet}}\">x</p>"};
    inb_buffer out = INB_BUFFER_INIT(100000);
    for (size_t p = 0; p < sizeof places / sizeof places[0]; p++) {
        page(places[p], "", "", &out);
        size_t brackets = 0;
        size_t quotes = 0;
        for (size_t i = 0; i < out.length; i++) {
            brackets += out.data[i] == '<' || out.data[i] == '>';
            quotes += out.data[i] == '"' || out.data[i] == '\'';
        }
        for (size_t c = 0; c < sizeof corpus / sizeof corpus[0]; c++) {
            page(places[p], corpus[c], corpus[c], &out);
            size_t now_brackets = 0;
            size_t now_quotes = 0;
            for (size_t i = 0; i < out.length; i++) {
                now_brackets += out.data[i] == '<' || out.data[i] == '>';
                now_quotes += out.data[i] == '"' || out.data[i] == '\'';
            }
            ck_assert_msg(brackets == now_brackets && quotes == now_quotes, "%s with %s gives %s",
                places[p], corpus[c], out.data);
            ck_assert_msg(strstr(out.data, "href=\"javascript:") == NULL, "%s", out.data);
            ck_assert_msg(strstr(out.data, "href=\"data:") == NULL, "%s", out.data);
        }
    }
    inb_buffer_clear(&out);
}
INB_END

INB_TEST(a_value_that_is_missing_is_said) {
    inb_template *compiled = NULL;
    inb_arena *arena = NULL;
    INB_OK_IS(help_compile("{{missing}}", &compiled, err));
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_scope *scope = inb_scope_new(arena);
    inb_buffer out = INB_BUFFER_INIT(1000);
    INB_FAILS(inb_template_render(compiled, scope, NULL, NULL, &out, err), INB_INTERNAL, "missing");
    inb_scope_flag(scope, "missing", true);
    INB_FAILS(inb_template_render(compiled, scope, NULL, NULL, &out, err), INB_INTERNAL, "missing");
    inb_buffer small = INB_BUFFER_INIT(4);
    inb_scope_text(scope, "missing", "longer than four");
    INB_FAILS(inb_template_render(compiled, scope, NULL, NULL, &small, err), INB_TOO_LARGE, "");
    INB_FAILS(inb_template_render(compiled, NULL, NULL, NULL, &out, err), INB_NO_MEMORY, "memory");
    ck_assert(!inb_scope_ok(NULL));
    inb_scope_text(NULL, "a", "b"); // does nothing
    ck_assert_ptr_null(inb_scope_item(NULL, "a"));
    inb_buffer_clear(&out);
    inb_buffer_clear(&small);
    inb_template_freep(&compiled);
    inb_template_free(NULL);
    inb_arena_free(arena);
}
INB_END

INB_TEST_MAIN("desk/template_render", values_are_escaped_for_where_they_stand,
    only_harmless_addresses_are_let_through, sections_lists_and_includes, injections_do_not_get_out,
    a_value_that_is_missing_is_said)

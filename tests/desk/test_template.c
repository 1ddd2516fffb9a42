// SPDX-License-Identifier: EUPL-1.2
// The compiler of templates: a value in any other place than text and quoted attributes is refused,
// and so is what is wrong, with its line.

#include "template_help.h"

INB_TEST(no_value_elsewhere) {
    static const char *const refused[] = {"<{{v}}>", "<p {{v}}>", "<p {{v}}=\"x\">",
        "<p class={{v}}>", "<p class=a{{v}}>", "<script>{{v}}</script>", "<style>{{v}}</style>",
        "<!-- {{v}} -->", "<p onclick=\"{{v}}\">", "<p ONCLICK=\"{{v}}\">", "<p style=\"{{v}}\">",
        "<p sty{{v}}=\"x\">", "<script src=\"{{v}}\"></script>", "<iframe src=\"{{v}}\"></iframe>",
        "<iframe srcdoc=\"{{v}}\"></iframe>", "<img srcset=\"{{v}}\">", "<base href=\"{{v}}\">",
        "<meta content=\"{{v}}\">", "<a href=\"javascript:{{v}}\">", "<a href=\"//{{v}}\">",
        "<a href=\"https://{{v}}\">", "<a href=\"https://a{{v}}/\">", "<a href=\"x{{v}}\">",
        "<a href=\"data:{{v}}\">", "<a href={{v}}>", "</p {{v}}>", "<!doctype {{v}}>",
        "<object data=\"{{v}}\">", "<p class=\"x\"{{v}}>", "<p class =\"{{v}}\">",
        "<a href=\"{{t greet}}\">", "<a href=\"{{#yes}}/x{{/yes}}\">", "<SCRIPT>{{v}}</SCRIPT>",
        "<link href=\"{{v}}\">"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        inb_template *compiled = NULL;
        inb_error err = INB_ERROR_INIT;
        inb_status status = help_compile(refused[i], &compiled, &err);
        ck_assert_msg(status == INB_BAD_INPUT && strncmp(err.message, "t:1: ", 5) == 0, "%s: %d %s",
            refused[i], (int)status, err.message);
        ck_assert_ptr_null(compiled);
    }
}
INB_END

INB_TEST(wrong_templates_are_refused) {
    static const struct {
        const char *text;
        const char *part;
    } wrong[] = {
        {"{{v", "without }}"},
        {"{{}}", "proper name"},
        {"{{a b}}", "proper name"},
        {"{{{v}}}", "proper name"},
        {"{{&v}}", "proper name"},
        {"{{#yes}}", "has no end"},
        {"{{/yes}}", "none is open"},
        {"{{#yes}}{{#no}}{{/yes}}{{/no}}", "another section"},
        {"{{#yes}}<p {{/yes}}>", "ends elsewhere"},
        {"<p {{#yes}}class=\"a{{/yes}}\">", "ends elsewhere"},
        {"{{#yes}}<script>{{/yes}}{{v}}</script>", "ends elsewhere"},
        {"<p class=\"a", "within a tag"},
        {"<!-- x", "within a tag"},
        {"a < b", "plain HTML"},
        {"<p\"x\">", "plain HTML"},
        {"{{> none}}", "no template"},
        {"{{> loop}}", "too deep"},
        {"{{> unclosed}}", "within a tag"},
        {"<p {{> good}}>", "within a tag"},
        {"\n\n{{#yes}}{{> good}}", "t:3"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        inb_template *compiled = NULL;
        INB_FAILS(help_compile(wrong[i].text, &compiled, err), INB_BAD_INPUT, wrong[i].part);
    }
}
INB_END

INB_TEST(text_keys_are_listed) {
    inb_template *compiled = NULL;
    INB_OK_IS(help_compile("{{t a.b}}<p title=\"{{t c}}\">{{v}}", &compiled, err));
    ck_assert_str_eq(inb_template_text_key(compiled, 0), "a.b");
    ck_assert_str_eq(inb_template_text_key(compiled, 1), "c");
    ck_assert_ptr_null(inb_template_text_key(compiled, 2));
    inb_template_free(compiled);
}
INB_END

INB_TEST_MAIN(
    "desk/template", no_value_elsewhere, wrong_templates_are_refused, text_keys_are_listed)

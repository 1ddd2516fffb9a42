// SPDX-License-Identifier: EUPL-1.2
// The text of a keyring: it comes back as it was, and nothing of it can be changed, left out, put
// back or read without the team's key.

#include "keyring_i.h"
#include "ring_help.h"

static inb_i_ring *made(void) {
    inb_i_ring *ring = NULL;
    INB_OK_IS(inb_i_ring_new(&ring, err));
    memcpy(ring->name, "0123456789abcdef0123456789abcdef", INB_KEYRING_NAME);
    ring->count = 3;
    ring->entries[0] = (inb_i_ring_entry){.id = 1, .month = {2026, 12, 0}, .key = "first key"};
    ring->entries[1] = (inb_i_ring_entry){.id = INT64_MAX, .month = {2027, 1, 0}, .erased = true};
    ring->entries[2] = (inb_i_ring_entry){.id = 77, .month = {2027, 2, 0}, .key = "third key"};
    return ring;
}

INB_TEST(comes_back) {
    inb_keys *team = new_key(INB_KEY_TEAM, "", NULL);
    inb_keys *other = new_key(INB_KEY_TEAM, "", NULL);
    inb_i_ring *ring = made();
    inb_i_ring *back = NULL;
    inb_buffer text = INB_BUFFER_INIT(INB_I_RING_TEXT_MOST);
    INB_OK_IS(inb_i_ring_new(&back, err));
    INB_OK_IS(inb_i_ring_write(team, ring, &text, err));
    INB_OK_IS(inb_i_ring_parse(team, "f", text.data, text.length, back, err));
    ck_assert_str_eq(back->name, ring->name);
    ck_assert_uint_eq(back->count, 3);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(back->entries[i].id, ring->entries[i].id);
        ck_assert_int_eq(back->entries[i].month.month, ring->entries[i].month.month);
        ck_assert(back->entries[i].erased == ring->entries[i].erased);
        ck_assert_mem_eq(back->entries[i].key, ring->entries[i].key, INB_RECORD_KEY_BYTES);
    }
    ck_assert_ptr_null(strstr(text.data, "first key"));
    INB_FAILS(inb_i_ring_parse(other, "f", text.data, text.length, back, err), INB_BAD_INPUT,
        "of another key");
    inb_buffer_clear(&text);
    inb_i_ring_freep(&ring);
    inb_i_ring_freep(&back);
    inb_keys_free(team);
    inb_keys_free(other);
}
INB_END

// Each byte changed, and each length cut: refused.
INB_TEST(nothing_is_changed) {
    inb_keys *team = new_key(INB_KEY_TEAM, "", NULL);
    inb_i_ring *ring = made();
    inb_i_ring *back = NULL;
    inb_buffer text = INB_BUFFER_INIT(INB_I_RING_TEXT_MOST);
    INB_OK_IS(inb_i_ring_new(&back, err));
    INB_OK_IS(inb_i_ring_write(team, ring, &text, err));
    for (size_t i = 0; i < text.length; i++) {
        for (unsigned bit = 1; bit < 256; bit *= 4) {
            text.data[i] = (char)(text.data[i] ^ (int)bit);
            ck_assert_int_eq(
                inb_i_ring_parse(team, "f", text.data, text.length, back, NULL), INB_BAD_INPUT);
            text.data[i] = (char)(text.data[i] ^ (int)bit);
        }
        ck_assert_int_eq(inb_i_ring_parse(team, "f", text.data, i, back, NULL), INB_BAD_INPUT);
    }
    INB_OK_IS(inb_i_ring_parse(team, "f", text.data, text.length, back, err));
    inb_buffer_clear(&text);
    inb_i_ring_freep(&ring);
    inb_i_ring_freep(&back);
    inb_keys_free(team);
}
INB_END

// With a right check, as only the team's key makes it: still no entry that is written otherwise.
INB_TEST(only_as_it_is_written) {
    static const char *const bodies[] = {"", "inbeeld-keyring 2 0123456789abcdef0123456789abcdef\n",
        "inbeeld-keyring 1 0123456789abcdef0123456789abcde\n",
        "inbeeld-keyring 1 0123456789ABCDEF0123456789ABCDEF\n",
        "inbeeld-keyring 1 0123456789abcdef0123456789abcdef", "#0 2026-12 -\n", "#-1 2026-12 -\n",
        "#+1 2026-12 -\n", "#01 2026-12 -\n", "#1 2026-13 -\n", "#1 2026-1 -\n",
        "#1 2026-12-01 -\n", "#1 2026-12 -", "#1 2026-12 \n", "#1 2026-12 --\n",
        "#1 2026-12 AAAA\n", "#1 2026-12\n", "#1 2026-12 -\n1 2027-01 -\n", "#\n",
        "#9223372036854775808 2026-12 -\n"};
    inb_keys *team = new_key(INB_KEY_TEAM, "", NULL);
    inb_i_ring *back = NULL;
    INB_OK_IS(inb_i_ring_new(&back, err));
    for (size_t i = 0; i <= sizeof bodies / sizeof bodies[0]; i++) {
        inb_buffer text = INB_BUFFER_INIT(INB_I_RING_TEXT_MOST);
        const char *body = i == sizeof bodies / sizeof bodies[0] ? "#1 2026-12 -\n" : bodies[i];
        if (body[0] == '#') {
            inb_buffer_text(&text, "inbeeld-keyring 1 0123456789abcdef0123456789abcdef\n");
            body++;
        }
        inb_buffer_text(&text, body);
        inb_i_ring_check(team, &text);
        inb_status status = inb_i_ring_parse(team, "f", text.data, text.length, back, NULL);
        bool right = i == sizeof bodies / sizeof bodies[0];
        ck_assert_msg(status == (right ? INB_OK : INB_BAD_INPUT), "body %zu gave %d", i, status);
        inb_buffer_clear(&text);
    }
    inb_i_ring_freep(&back);
    inb_keys_free(team);
}
INB_END

INB_TEST_MAIN("seal/keyring_text", comes_back, nothing_is_changed, only_as_it_is_written)

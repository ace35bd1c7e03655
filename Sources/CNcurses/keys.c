// Keys, the mouse and pasted text, as ncurses decodes them.
#include "shared.h"

#include <curses.h>

#include <time.h>

enum { PASTE_BEGINS = KEY_MAX + 1, PASTE_ENDS, PASTE_LIMIT = 16384 };

// Keys are read from a pad, because reading them from a window would draw it.
static WINDOW *keys;
static uint32_t pasted[PASTE_LIMIT];
static int pasted_count;
static bool is_pasting;
static struct timespec pasted_at;

void wr_keys_open(void) {
    keys = newpad(1, 1);
    nodelay(keys, TRUE);
    keypad(keys, TRUE);
    mouseinterval(0);
    mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
    define_key("\033[200~", PASTE_BEGINS);
    define_key("\033[201~", PASTE_ENDS);
}

static wr_key character(wint_t code) {
    switch (code) {
    case L'\r': case L'\n': return (wr_key){.kind = WR_KEY_ENTER};
    case L'\t': return (wr_key){.kind = WR_KEY_TAB};
    case 27: return (wr_key){.kind = WR_KEY_ESCAPE};
    case 8: case 127: return (wr_key){.kind = WR_KEY_BACKSPACE};
    }
    if (code < 32) return (wr_key){.kind = WR_KEY_CONTROL, .code = (int)(code ? code + 96 : L' ')};
    return (wr_key){.kind = WR_KEY_CHARACTER, .code = (int)code};
}

static wr_key mouse(void) {
    MEVENT event;
    if (getmouse(&event) != OK) return (wr_key){.kind = WR_KEY_NONE};
    wr_key_kind kind = event.bstate & BUTTON4_PRESSED ? WR_KEY_WHEEL_UP
        : event.bstate & BUTTON5_PRESSED ? WR_KEY_WHEEL_DOWN
        : event.bstate & BUTTON1_PRESSED ? WR_KEY_CLICK : WR_KEY_NONE;
    return (wr_key){.kind = kind, .column = event.x, .row = event.y};
}

static wr_key special(wint_t code) {
    static const struct { int code; wr_key_kind kind; } table[] = {
        {KEY_ENTER, WR_KEY_ENTER}, {KEY_BTAB, WR_KEY_BACKTAB},
        {KEY_BACKSPACE, WR_KEY_BACKSPACE}, {KEY_DC, WR_KEY_DELETE},
        {KEY_UP, WR_KEY_UP}, {KEY_DOWN, WR_KEY_DOWN}, {KEY_LEFT, WR_KEY_LEFT}, {KEY_RIGHT, WR_KEY_RIGHT},
        {KEY_PPAGE, WR_KEY_PAGE_UP}, {KEY_NPAGE, WR_KEY_PAGE_DOWN}, {KEY_HOME, WR_KEY_HOME}, {KEY_END, WR_KEY_END}};
    if (code == KEY_MOUSE) return mouse();
    if (code >= KEY_F0 && code <= KEY_F0 + 63) return (wr_key){.kind = WR_KEY_FUNCTION, .code = (int)(code - KEY_F0)};
    for (int at = 0; at < COUNT(table); at++)
        if (table[at].code == (int)code) return (wr_key){.kind = table[at].kind};
    return (wr_key){.kind = WR_KEY_NONE};
}

static wr_key paste_ended(void) {
    is_pasting = false;
    return (wr_key){.kind = WR_KEY_PASTE, .code = pasted_count};
}

wr_key wr_next_key(void) {
    while (wr_is_open) {
        wint_t code;
        int result = wget_wch(keys, &code);
        if (result == ERR) {
            struct timespec now;
            clock_gettime(CLOCK_MONOTONIC, &now);
            // The end of a pasted text was lost. What came must not swallow the keys that follow.
            if (is_pasting && now.tv_sec - pasted_at.tv_sec > 2) return paste_ended();
            return (wr_key){.kind = WR_KEY_NONE};
        }
        if (result == KEY_CODE_YES && code == PASTE_BEGINS) {
            is_pasting = true;
            pasted_count = 0;
            clock_gettime(CLOCK_MONOTONIC, &pasted_at);
        } else if (is_pasting) {
            if (result == KEY_CODE_YES && code == PASTE_ENDS) return paste_ended();
            clock_gettime(CLOCK_MONOTONIC, &pasted_at);
            if (result != KEY_CODE_YES && pasted_count < PASTE_LIMIT) pasted[pasted_count++] = (uint32_t)code;
        } else {
            wr_key key = result == KEY_CODE_YES ? special(code) : character(code);
            if (key.kind != WR_KEY_NONE) return key;
        }
    }
    return (wr_key){.kind = WR_KEY_NONE};
}

const uint32_t *wr_pasted(void) { return pasted; }

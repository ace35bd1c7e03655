// The terminal: taken, drawn on, given back.
#include "shared.h"

#include "direct.h"

#include <curses.h>
#include <term.h>

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

enum { STYLES = 64 };

static SCREEN *terminal;
static int colour_count;
static bool is_unicode, has_paste, is_console, follows_ground;
static attr_t style_attributes[STYLES];
static struct { int foreground, background, pair; } style_colours[STYLES];

// Whether somebody has written the locale without UTF-8 on purpose. LANG is what a machine is set up with.
static bool is_plain_on_purpose(void) {
    const char *names[] = {getenv("LC_ALL"), getenv("LC_CTYPE")};
    for (int at = 0; at < COUNT(names); at++) {
        if (names[at] && *names[at]) return !strcmp(names[at], "C") || !strcmp(names[at], "POSIX");
    }
    return false;
}

static void ask_locale(int glyphs) {
    if (!setlocale(LC_CTYPE, "")) {
        // The locale was sent over ssh and is not known on this machine. What it says about UTF-8 is still true of the
        // terminal.
        const char *names[] = {getenv("LC_ALL"), getenv("LC_CTYPE"), getenv("LANG")};
        for (int at = 0; at < COUNT(names); at++) {
            if (!names[at] || !*names[at]) continue;
            if (strcasestr(names[at], "UTF-8") || strcasestr(names[at], "UTF8")) setlocale(LC_CTYPE, "C.UTF-8");
            break;
        }
    }
    const char *kind = getenv("TERM");
    is_console = kind && !strncmp(kind, "linux", 5);
    if (glyphs == WR_GLYPHS_ASCII) {
        setlocale(LC_CTYPE, "C");
        is_unicode = false;
        return;
    }
    bool wants = glyphs == WR_GLYPHS_UTF8;
    is_unicode = !strcmp(nl_langinfo(CODESET), "UTF-8");
    // An ssh that sends no locale says nothing of the terminal at its end.
    bool can_ask = kind && *kind && !is_console && !is_plain_on_purpose();
    if (!is_unicode && (wants || (can_ask && wr_takes_utf8()))) is_unicode = setlocale(LC_CTYPE, "C.UTF-8") != NULL;
    // The font of the kernel's own console has few of our glyphs.
    if (is_console && !wants) is_unicode = false;
}

static void take_locale(int glyphs) {
    ask_locale(glyphs);
    // Of plain ASCII too ncurses sends every character as it is only where the locale is UTF-8. Else it has the
    // terminal repeat one (REP), which many that call themselves xterm do not know: they would lose the rest of a bar.
    if (!is_unicode) setlocale(LC_CTYPE, "C.UTF-8");
}

// What xterm's kinds are asked for and told beside what terminfo knows: pasted text in brackets, the ground's colour,
// and to say when it changes (mode 2031). The question comes last, because its answer is waited for.
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define GROUND_ON "\033[?2031h\033]11;?\007"
#define GROUND_OFF "\033[?2031l"

// putp has a buffer of its own, so this writes without it. It is called when ncurses' buffer is empty.
static void send_modes(const char *text) {
    if (!has_paste) return;
    ssize_t written = write(STDOUT_FILENO, text, strlen(text));
    (void)written;
}

static void switch_modes(bool on) {
    if (follows_ground) send_modes(on ? PASTE_ON GROUND_ON : GROUND_OFF PASTE_OFF);
    else send_modes(on ? PASTE_ON : PASTE_OFF);
}

// The console's entry speaks of a mouse as xterm's do, but it answers nothing.
static bool can_follow(void) { return has_paste && !is_console && colour_count >= 8; }

// Until it has been suspended once, ncurses writes after every movement of the cursor: seventy times for a first frame,
// and each time it wakes whatever draws the terminal. So it is suspended once, where nobody sees it.
static void write_whole_frames(void) {
    int shown = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int unseen = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (shown >= 0 && unseen >= 0 && dup2(unseen, STDOUT_FILENO) >= 0) {
        endwin();
        doupdate();
        dup2(shown, STDOUT_FILENO);
        clearok(curscr, TRUE);
    }
    if (shown >= 0) close(shown);
    if (unseen >= 0) close(unseen);
}

// The terminal by an entry that is nowhere but in this program.
static SCREEN *take_own(const char *name, const char *entry, FILE *reading) {
    const char *before = getenv("TERMINFO");
    char *kept = before ? strdup(before) : NULL;
    setenv("TERMINFO", entry, 1);
    SCREEN *taken = newterm(name, stdout, reading);
    if (kept) setenv("TERMINFO", kept, 1); else unsetenv("TERMINFO");
    free(kept);
    return taken;
}

// What a terminal says of its colours (COLORTERM) goes before what the name of its kind promises. Kinds of xterm are
// taken at their word. Others may stand between us and a terminal, and get as many as all of those can show.
static SCREEN *take_terminal(FILE *reading) {
    const char *kind = getenv("TERM"), *colours = getenv("COLORTERM");
    if (kind && colours && (!strcmp(colours, "truecolor") || !strcmp(colours, "24bit"))) {
        SCREEN *taken = NULL;
        if (!strcmp(kind, "xterm") || !strcmp(kind, "xterm-256color")) {
            taken = take_own("warroom-direct", terminfo_direct, reading);
        }
        else if (!strchr(kind, '-') && strlen(kind) < 16) {
            char more[32];
            snprintf(more, sizeof more, "%s-256color", kind);
            taken = newterm(more, stdout, reading);
        }
        if (taken) return taken;
    }
    // Most terminals say that they are of this kind.
    SCREEN *own = kind && !strcmp(kind, "xterm-256color") ? take_own("warroom-256", terminfo_256, reading) : NULL;
    if (own) return own;
    SCREEN *taken = newterm(NULL, stdout, reading);
    // Over ssh the terminal's kind is often newer than this machine's terminfo; nearly all of them speak xterm's
    // language.
    return taken ? taken : newterm("xterm-256color", stdout, reading);
}

bool wr_open(bool colours, int glyphs, bool follows) {
    if (wr_is_open) return true;
    FILE *reading = stdin;
    if (!isatty(STDIN_FILENO) && !(reading = fopen("/dev/tty", "r+e"))) return false;
    wr_input = fileno(reading);
    if (!wr_signals_take()) return false;
    take_locale(glyphs);
    // Every frame takes and gives back the same memory, so that the kernel is not asked for it once a second.
    mallopt(M_TRIM_THRESHOLD, 16 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
    use_tioctl(TRUE);
    terminal = take_terminal(reading);
    if (!terminal || !cursor_address) {
        if (terminal) endwin();
        wr_signals_restore();
        return false;
    }
    const char *mouse = tigetstr("kmous");
    has_paste = mouse && mouse != (char *)-1;
    if (has_paste) wr_add_leaving("\033[?1000l\033[?1006l" PASTE_OFF GROUND_OFF);
    wr_add_leaving(keypad_local);
    wr_add_leaving(exit_attribute_mode);
    wr_add_leaving(orig_pair);
    wr_add_leaving(cursor_normal);
    wr_add_leaving(exit_ca_mode);
    wr_is_open = 1;
    wr_write_begins(0);
    raw();
    noecho();
    nonl();
    typeahead(-1);
    leaveok(stdscr, TRUE);
    colour_count = 0;
    if (colours && has_colors()) {
        start_color();
        use_default_colors();
        colour_count = tigetflag("RGB") > 0 || COLORS > 256 ? 1 << 24 : COLORS;
    }
    wr_keys_open();
    curs_set(0);
    write_whole_frames();
    follows_ground = follows && can_follow();
    switch_modes(true);
    wr_write_ended();
    return true;
}

static void leave_screen(void) {
    endwin();
    switch_modes(false);
}

void wr_close(void) {
    if (!wr_is_open) return;
    wr_write_begins(1);
    leave_screen();
    // endwin waits for a slow terminal. These modes are the ones from before the start.
    wr_restore_modes();
    wr_is_open = 0;
    wr_write_ended();
    wr_signals_restore();
}

void wr_suspend(bool group) {
    if (!wr_is_open) return;
    wr_write_begins(0);
    leave_screen();
    wr_write_ended();
    wr_stop(group);
    wr_resume();
}

void wr_resume(void) {
    if (!wr_is_open) return;
    // After endwin the first flush takes the terminal again.
    wr_write_begins(0);
    if (!isendwin()) endwin();
    wr_write_ended();
    wr_resize();
}

void wr_follow(bool follows) {
    if (!wr_is_open || follows == follows_ground || (follows && !can_follow())) return;
    follows_ground = follows;
    if (isendwin()) return; // it is asked when it is taken again
    wr_write_begins(0);
    send_modes(follows ? GROUND_ON : GROUND_OFF);
    wr_write_ended();
}

bool wr_follows(void) { return follows_ground; }

bool wr_unicode(void) { return is_unicode; }
int wr_colours(void) { return colour_count; }
int wr_columns(void) { return wr_is_open ? getmaxx(stdscr) : 0; }
int wr_rows(void) { return wr_is_open ? getmaxy(stdscr) : 0; }

// MARK: Drawing

void wr_resize(void) {
    if (!wr_is_open) return;
    struct winsize size;
    if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_row > 0 && size.ws_col > 0) {
        resize_term(size.ws_row, size.ws_col);
    }
    clearok(curscr, TRUE);
}

void wr_style(int style, int foreground, int background, int attributes) {
    if (!wr_is_open || style < 0 || style >= STYLES) return;
    style_attributes[style] = (attributes & WR_BOLD ? WA_BOLD : 0) | (attributes & WR_DIM ? WA_DIM : 0)
        | (attributes & WR_ITALIC ? WA_ITALIC : 0) | (attributes & WR_UNDERLINE ? WA_UNDERLINE : 0)
        | (attributes & WR_REVERSE ? WA_REVERSE : 0);
    // Styles of the same two colours share a pair: there are terminals that have few, and between two texts that differ
    // in nothing else no colour is sent.
    int pair = 0;
    for (int at = 0; at < style && !pair; at++) {
        bool is_same = style_colours[at].foreground == foreground && style_colours[at].background == background;
        if (is_same) pair = style_colours[at].pair;
    }
    if (!pair && colour_count > 0 && init_extended_pair(style + 1, foreground, background) == OK) pair = style + 1;
    style_colours[style].foreground = foreground;
    style_colours[style].background = background;
    style_colours[style].pair = pair;
}

void wr_put(int column, int row, const uint32_t *text, int count, int style) {
    if (!wr_is_open || style < 0 || style >= STYLES || row < 0 || column < 0 || row >= getmaxy(stdscr)) return;
    wchar_t line[1024];
    int room = getmaxx(stdscr) - column, kept = 0;
    for (int at = 0; at < count && kept < COUNT(line); at++) {
        int width = wcwidth((wchar_t)text[at]);
        bool shows = width > 0 || (width == 0 && text[at] && kept > 0);
        if (width < 0) width = 1;
        if (width > room) break;
        room -= width;
        if (shows) line[kept++] = (wchar_t)text[at];
        else if (width) line[kept++] = L'?';
    }
    int pair = style_colours[style].pair;
    wattr_set(stdscr, style_attributes[style], (short)pair, &pair);
    if (kept > 0) mvwaddnwstr(stdscr, row, column, line, kept);
}

void wr_flush(void) {
    if (!wr_is_open) return;
    wr_write_begins(0);
    if (isendwin()) switch_modes(true);
    wnoutrefresh(stdscr);
    doupdate();
    wr_write_ended();
}

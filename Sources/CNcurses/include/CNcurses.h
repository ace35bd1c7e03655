#ifndef CNCURSES_H
#define CNCURSES_H

// The only C of the project. Swift cannot see ncurses' macros, variadics and globals, and cannot write a signal handler
// that is safe. Both stay here, behind plain functions that know one terminal. No WINDOW * is seen outside.
//
// Every signal that matters is held back except while wr_wait sleeps (and, so that a stuck terminal cannot keep the
// program, while it writes), so none is lost and none arrives in the middle of anything.

#include <stdbool.h>
#include <stdint.h>

/// Takes the terminal on standard output: raw, alternate screen, no cursor, mouse and bracketed paste on, handlers in
/// place. Keys come from standard input, or from /dev/tty where that is no terminal. With `colours` false no colour is
/// used. `glyphs` says what characters are shown. With `follows` the terminal is asked what colour its ground is, and
/// told to say when that changes. Returns false where there is no terminal that can be drawn on; then nothing was
/// changed.
bool wr_open(bool colours, int glyphs, bool follows);

enum {
    /// As the locale and the kind of terminal say. Where the locale says nothing of UTF-8, the terminal is asked.
    WR_GLYPHS_ASKED,
    WR_GLYPHS_UTF8,
    WR_GLYPHS_ASCII
};

/// From now on asks the terminal for its ground's colour and for changes of it, or no longer does.
void wr_follow(bool follows);

/// Whether the terminal is asked whenever it is taken. It is not where there are no colours, or where it is known not
/// to answer.
bool wr_follows(void);

/// Gives everything back; does nothing when nothing is held.
void wr_close(void);

/// Gives the terminal back, stops (the whole process group, as Ctrl-Z would, or this process alone), and takes the
/// terminal again when continued.
void wr_suspend(bool group);

/// Takes the terminal again after somebody else may have used it (SIGCONT), or repaints every cell (Ctrl-L).
void wr_resume(void);

/// Whether characters beyond ASCII can be shown, by the locale and the kind of terminal.
bool wr_unicode(void);

/// How many colours there are: 0, 8, 16, 88, 256, or 1 << 24 where colour numbers are red, green and blue themselves.
int wr_colours(void);

int wr_columns(void);
int wr_rows(void);

/// Asks the terminal for its size and takes it; the next flush repaints everything.
void wr_resize(void);

enum { WR_BOLD = 1, WR_DIM = 2, WR_ITALIC = 4, WR_UNDERLINE = 8, WR_REVERSE = 16 };

/// What a style (0 to 63) looks like: colour numbers, -1 for the terminal's own, and attributes.
void wr_style(int style, int foreground, int background, int attributes);

/// Puts text (code points) at a place in a style. What is no character, or does not fit on the row, is not put.
void wr_put(int column, int row, const uint32_t *text, int count, int style);

/// Sends what has changed since the last flush.
void wr_flush(void);

/// Reads the bytes of keys that are there, at most `room`; 0 where none are. It never waits.
int wr_read(uint8_t *bytes, int room);

/// What terminfo says under a name of a text (`khome`) about this kind of terminal; NULL where it says nothing.
const char *wr_capability(const char *name);

enum {
    /// Keys are there.
    WR_KEYS = 1,
    /// The socket has something to read, or has ended.
    WR_FEED = 2,
    /// The socket takes more.
    WR_FEED_ROOM = 4,
    /// The terminal takes more.
    WR_ROOM = 8,
    /// SIGWINCH.
    WR_RESIZED = 16,
    /// SIGTERM, SIGINT, SIGHUP, SIGQUIT, or the terminal is gone.
    WR_LEAVE = 32,
    /// SIGTSTP from somebody else.
    WR_STOP = 64,
    /// SIGCONT.
    WR_CONTINUED = 128
};

/// Sleeps until something happens, at most so many milliseconds (-1: for ever). `feed` is the socket, -1 where there is
/// none. It asks for room in the socket and in the terminal only where that is wanted. Returns what has happened.
int wr_wait(int feed, bool feed_room, bool room, int milliseconds);

/// Sleeps until bytes of keys are there, at most so many milliseconds, and does not look at signals. Returns whether
/// there are some.
bool wr_await(int milliseconds);

/// Starts a program in a session of its own, with `output` and `errors` as its outputs and `keep` left open for it (-1:
/// none). `ends_with_us`: it gets SIGTERM when this process ends, however that happens. Returns its process id, or -1.
int wr_start(const char *path, char *const arguments[], int output, int errors, int keep, bool ends_with_us);

#endif

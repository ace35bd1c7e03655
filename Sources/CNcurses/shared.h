#ifndef SHARED_H
#define SHARED_H

// What the files of this target share, and nobody else sees.

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#include "CNcurses.h"

#include <signal.h>
#include <stddef.h>

#define COUNT(array) (int)(sizeof(array) / sizeof *(array))

/// Whether the terminal is ours; read by signal handlers.
extern volatile sig_atomic_t wr_is_open;
/// Where keys come from.
extern int wr_input;

/// Takes the signals before ncurses can; `input` is the terminal whose modes are kept.
bool wr_signals_take(void);
/// Signals do again what they did before.
void wr_signals_restore(void);
/// Adds to what a crash writes to give the terminal back.
void wr_add_leaving(const char *text);
/// Sets the modes that the terminal had at the start.
void wr_restore_modes(void);
/// Around all that is written: a terminal that takes nothing must not keep the program.
void wr_write_begins(int most_seconds);
void wr_write_ended(void);
/// Stops as SIGTSTP does; returns when continued.
void wr_stop(bool group);

/// Whether the terminal shows UTF-8: it is asked, and waited for. What is typed meanwhile is kept.
bool wr_takes_utf8(void);
/// Whether keys were typed before the terminal was taken.
bool wr_has_early(void);
/// Takes those keys, at most `room` bytes; returns how many.
int wr_take_early(uint8_t *bytes, int room);

/// Begins to read keys.
void wr_keys_open(void);

#endif

// Keys: what is asked of the terminal, and the bytes that it sends. They are read as they come, because ncurses hands a
// sequence that it does not know over byte by byte, and each of them would act as a key.
#include "shared.h"

#include <curses.h>
#include <term.h>

#include <sys/ioctl.h>
#include <unistd.h>

void wr_keys_open(void) {
    keypad(stdscr, TRUE);
    mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
}

int wr_read(uint8_t *bytes, int room) {
    int there = 0;
    if (wr_is_open && wr_has_early()) return wr_take_early(bytes, room);
    if (!wr_is_open || ioctl(wr_input, FIONREAD, &there) || there <= 0) return 0;
    ssize_t count = read(wr_input, bytes, (size_t)(there < room ? there : room));
    return count > 0 ? (int)count : 0;
}

const char *wr_capability(const char *name) {
    const char *text = wr_is_open ? tigetstr(name) : NULL;
    return text == (char *)-1 ? NULL : text;
}

// What the terminal itself is asked before ncurses has it: whether it takes UTF-8.
#include "shared.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

// Keys that were typed while an answer was waited for.
static uint8_t early[256];
static int early_count;

// For so long the answer is waited for. It goes around the world and back in less; who never answers pays this once.
enum { PATIENCE = 500 };

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

// The column in the first report of the cursor's place (ESC [ ROW ; COLUMN R) among the bytes, which is taken out of
// them; 0 where none is whole.
static int take_column(void) {
    for (int at = 0; at + 1 < early_count; at++) {
        if (early[at] != 0x1B || early[at + 1] != '[') continue;
        int end = at + 2, numbers[2] = {0, 0}, which = 0;
        for (; end < early_count; end++) {
            if (early[end] == ';' && which == 0) which = 1;
            else if (early[end] >= '0' && early[end] <= '9' && numbers[which] < 10000)
                numbers[which] = numbers[which] * 10 + early[end] - '0';
            else break;
        }
        if (end == early_count || early[end] != 'R' || which == 0) continue;
        memmove(early + at, early + end + 1, (size_t)(early_count - end - 1));
        early_count -= end + 1 - at;
        return numbers[1];
    }
    return 0;
}

// One letter of two bytes is written at the start of the row, the terminal says where its cursor stands, and the letter
// is erased again. Where two bytes are two letters the cursor has moved by two; both can be seen in Latin-1, so neither
// does anything.
bool wr_takes_utf8(void) {
    static const char question[] = "\r\303\253\033[6n\r\033[K";
    struct termios modes;
    if (tcgetattr(wr_input, &modes)) return false;
    struct termios before = modes;
    modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    modes.c_cc[VMIN] = 1;
    modes.c_cc[VTIME] = 0;
    tcsetattr(wr_input, TCSANOW, &modes);
    wr_write_begins(0);
    ssize_t written = write(STDOUT_FILENO, question, sizeof question - 1);
    wr_write_ended();
    int column = 0;
    long end = now() + PATIENCE;
    while (written > 0 && !column && early_count < COUNT(early)) {
        long left = end - now();
        struct pollfd ready = {.fd = wr_input, .events = POLLIN};
        if (left <= 0 || poll(&ready, 1, (int)left) <= 0) break;
        ssize_t count = read(wr_input, early + early_count, (size_t)(COUNT(early) - early_count));
        if (count <= 0) break;
        early_count += (int)count;
        column = take_column();
    }
    tcsetattr(wr_input, TCSANOW, &before);
    return column == 2;
}

bool wr_has_early(void) { return early_count > 0; }

int wr_take_early(uint8_t *bytes, int room) {
    int count = early_count < room ? early_count : room;
    memcpy(bytes, early, (size_t)count);
    memmove(early, early + count, (size_t)(early_count - count));
    early_count -= count;
    return count;
}

// The yardstick: the least an honest ncurses program does for a screen of this size, fed by a socket or a watched
// folder.
// baseline [SOCKET|-] [FOLDER]
#define _GNU_SOURCE
#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static void die(const char *what) {
    endwin();
    perror(what);
    exit(1);
}

static void clocks(void) {
    time_t now = time(NULL), home = now - 4 * 3600, other = now + 5 * 3600 + 1800;
    char text[64];
    struct tm tm;
    attron(COLOR_PAIR(2));
    strftime(text, sizeof text, "%a %d %b %H:%M:%S   EST (EDT, UTC-4)", gmtime_r(&home, &tm));
    mvaddstr(3, 10, text);
    strftime(text, sizeof text, "%a %d %b %H:%M:%S   IST (UTC+5:30)", gmtime_r(&other, &tm));
    mvaddstr(3, 64, text);
    attroff(COLOR_PAIR(2));
}

static void rule(int row) {
    for (int column = 0; column < COLS; column++) mvaddstr(row, column, "─");
}

static int selected = 8;

static void step(int row) {
    static const char *state[] = {"✓ done", "▸ running", "· pending", "✗ failed", "○ muted"};
    int kind = row % 5;
    mvprintw(row, 2, "%-8s", row % 6 == 2 ? "STEPS" : "");
    attron(COLOR_PAIR(kind + 1));
    mvaddstr(row, 10, state[kind]);
    attroff(COLOR_PAIR(kind + 1));
    mvprintw(
        row, 24, "Sun %02d:15  Sun %02d:45  step-%d-of-the-night, patch and verify", row % 24, (row + 9) % 24, row);
    mvprintw(row, 84, "│ IC-Web%-3d %s  %d/5", row, state[(row + 2) % 5], row % 6);
    mvchgat(row, 24, COLS - 24, row == selected ? A_REVERSE : A_NORMAL, 0, NULL);
}

static void screen(void) {
    erase();
    attron(A_REVERSE | A_BOLD);
    mvhline(0, 0, ' ', COLS);
    mvaddstr(0, 1, "LIVE    BENCHNIGHT 2025-09-14");
    mvaddstr(0, COLS - 38, "lead lead-us   entry 611   hub 0 s");
    attroff(A_REVERSE | A_BOLD);
    clocks();
    rule(5);
    attron(A_BOLD);
    mvaddstr(6, 2,
        "WAIT    Waiting for smoke 2 to finish: 14 of 32 run, 1 failed, on test run smoke-2, since Sun 08:06");
    attroff(A_BOLD);
    rule(7);
    for (int row = 8; row < LINES - 3; row++) step(row);
    rule(LINES - 3);
    attron(A_DIM);
    mvaddstr(LINES - 1, 2, "?  help   Tab  pane   Enter  detail   /  search   g  gates   l  loose ends   z  zoom");
    attroff(A_DIM);
}

// The same JSON goes to both programs; only the words of the note are shown.
static void show(const char *line) {
    const char *text = strstr(line, "\"text\":\"");
    text = text ? text + 8 : line;
    mvprintw(LINES - 2, 2, "FEED    %.*s", (int)strcspn(text, "\"\n"), text);
    clrtoeol();
    refresh();
}

// The selection goes up and down; a new size draws all of it anew.
static int keys(void) {
    for (int key; (key = getch()) != ERR;) {
        if (key == 'q') return 0;
        if (key == KEY_RESIZE) {
            if (selected > LINES - 4) selected = 8;
            screen();
        }
        int before = selected;
        if (key == 'j' && selected < LINES - 4) selected++;
        if (key == 'k' && selected > 8) selected--;
        step(before);
        step(selected);
        refresh();
    }
    return 1;
}

static int attach(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) < 0) die(path);
    return fd;
}

int main(int argc, char **argv) {
    int feed = -1, folder = -1;
    if (argc > 1 && strcmp(argv[1], "-")) feed = attach(argv[1]);
    if (argc > 2) {
        folder = inotify_init1(IN_CLOEXEC);
        if (folder < 0 || inotify_add_watch(folder, argv[2], IN_MOVED_TO) < 0) die(argv[2]);
    }
    setlocale(LC_ALL, "");
    initscr();
    raw();
    noecho();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    curs_set(0);
    start_color();
    use_default_colors();
    for (short pair = 1; pair <= 5; pair++) init_pair(pair, pair, -1);
    screen();
    refresh();

    static char buffer[65536], path[4096], events[4096];
    size_t held = 0;
    time_t drawn = time(NULL);
    for (;;) {
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        if (now.tv_sec != drawn) {
            drawn = now.tv_sec;
            clocks();
            refresh();
        }
        struct pollfd wait[] = {
            {.fd = 0, .events = POLLIN}, {.fd = feed, .events = POLLIN}, {.fd = folder, .events = POLLIN}};
        if (poll(wait, 3, 1000 - (int)(now.tv_nsec / 1000000)) < 0) {
            if (errno != EINTR || !keys()) break;  // a new size
            continue;
        }
        if (wait[0].revents && (wait[0].revents & POLLHUP || !keys())) break;
        if (wait[1].revents) {
            ssize_t got = read(feed, buffer + held, sizeof buffer - held - 1);
            if (got <= 0) break;
            held += (size_t)got;
            buffer[held] = 0;
            char *line = buffer, *end;
            for (; (end = strchr(line, '\n')); line = end + 1) {
                *end = 0;
                show(line);
            }
            held -= (size_t)(line - buffer);
            memmove(buffer, line, held);
        }
        if (wait[2].revents) {
            ssize_t got = read(folder, events, sizeof events);
            for (ssize_t at = 0; at < got;) {
                struct inotify_event *event = (struct inotify_event *)(events + at);
                at += (ssize_t)(sizeof *event + event->len);
                snprintf(path, sizeof path, "%s/%s", argv[2], event->name);
                int file = open(path, O_RDONLY | O_CLOEXEC);
                ssize_t length = file < 0 ? -1 : read(file, buffer, sizeof buffer - 1);
                if (file >= 0) close(file);
                if (length <= 0) continue;
                buffer[length] = 0;
                show(buffer);
            }
        }
    }
    endwin();
    return 0;
}

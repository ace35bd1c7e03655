// Feeds a program at an even rate, and tells when each event left and when it was answered.
// feed socket|file PATH RATE SECONDS FIRST EVENT
// EVENT is one line: "@@" in it becomes the event's number, "^^" a word that says how many came before (FIRST and on).
// A line for each event: its place, ns it left, ns it was answered and the entry it became (0: no answer).
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST = 4096, ROOM = 1 << 18 };

typedef struct {
    long long left, answered, entry;
} Event;

static Event *events;
static long count, sent, answered;
static long long base;
static int fd;
static char answers[ROOM];
static size_t held;

static long long now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void die(const char *why) {
    fprintf(stderr, "feed: %s%s%s\n", why, errno ? ": " : "", errno ? strerror(errno) : "");
    exit(1);
}

// As words.py has it.
static size_t word(char *out, long number) {
    const char *letters = number & 1 ? "cgjnqsvx" : "bdfhkmpr";
    for (int i = 0; i < 8; i++) out[i] = letters[number >> 3 * i & 7];
    return 8;
}

static size_t write_event(char *out, const char *from, long place, long first) {
    size_t length = 0;
    for (const char *hole; (hole = strpbrk(from, "@^")); from = hole + 2) {
        memcpy(out + length, from, (size_t)(hole - from));
        length += (size_t)(hole - from);
        if (*hole == '^') length += word(out + length, first + place);
        else length += (size_t)sprintf(out + length, "%lld", base + place);
    }
    return length + (size_t)sprintf(out + length, "%s\n", from);
}

static void take_answers(void) {
    ssize_t got = recv(fd, answers + held, ROOM - held, MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) die("the hub closed the connection");
    held += (size_t)got;
    long long at = now(CLOCK_MONOTONIC);
    char *line = answers, *end;
    for (; (end = memchr(line, '\n', held - (size_t)(line - answers))); line = end + 1) {
        *end = 0;
        char *id = strstr(line, "\"id\":\""), *entry = strstr(line, "\"entry\":");
        long long place = id ? atoll(id + 6) - base : -1;
        errno = 0;
        if (!strstr(line, "\"ok\":true") || !entry || place < 0 || place >= sent) die(line);
        events[place].answered = at;
        events[place].entry = atoll(entry + 8);
        answered++;
    }
    held -= (size_t)(line - answers);
    memmove(answers, line, held);
}

static void wait_until(long long due, int writable) {
    long long left = due - now(CLOCK_MONOTONIC);
    struct timespec wait = {.tv_sec = left > 0 ? left / 1000000000 : 0, .tv_nsec = left > 0 ? left % 1000000000 : 0};
    struct pollfd ready = {.fd = fd, .events = (short)(POLLIN | (writable ? POLLOUT : 0))};
    if (ppoll(&ready, 1, &wait, NULL) > 0 && ready.revents & ~POLLOUT) take_answers();
}

static void put(const char *line, size_t length, int is_socket) {
    while (length) {
        ssize_t done = is_socket ? send(fd, line, length, MSG_NOSIGNAL | MSG_DONTWAIT) : write(fd, line, length);
        if (done < 0 && errno != EAGAIN) die("the event was not taken");
        if (done < 0) wait_until(now(CLOCK_MONOTONIC) + 1000000000, 1);
        else line += done, length -= (size_t)done;
    }
}

int main(int argc, char **argv) {
    if (argc != 7) die("feed socket|file PATH RATE SECONDS FIRST EVENT");
    int is_socket = !strcmp(argv[1], "socket");
    double rate = atof(argv[3]);
    long first = atol(argv[5]);
    count = (long)(rate * atof(argv[4]));
    events = calloc((size_t)count + 1, sizeof *events);
    if (count < 1 || !events || strlen(argv[6]) > LONGEST / 2) die("no such load");
    // Of this run alone, and with room for its places.
    base = getpid() * 1000000000000LL + now(CLOCK_REALTIME) / 1000000000 % 1000000 * 1000000;
    if (is_socket) {
        struct sockaddr_un address = {.sun_family = AF_UNIX};
        snprintf(address.sun_path, sizeof address.sun_path, "%s", argv[2]);
        fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) die(argv[2]);
    } else if ((fd = open(argv[2], O_WRONLY | O_APPEND | O_CLOEXEC)) < 0) die(argv[2]);

    char line[LONGEST];
    long long began = now(CLOCK_MONOTONIC) + 20000000;
    for (long place = 0; place < count; place++) {
        size_t length = write_event(line, argv[6], place, first);
        long long due = began + (long long)((double)place * 1e9 / rate);
        while (now(CLOCK_MONOTONIC) < due) {
            struct timespec until = {.tv_sec = due / 1000000000, .tv_nsec = due % 1000000000};
            if (is_socket) wait_until(due, 0);
            else clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
        }
        events[place].left = now(CLOCK_MONOTONIC);
        sent++;
        put(line, length, is_socket);
        if (is_socket) take_answers();
    }
    // Who answers at all answers everything; the C programs and files answer nothing.
    long long end = now(CLOCK_MONOTONIC) + (is_socket ? 100000000 : 0);
    while (answered < sent && now(CLOCK_MONOTONIC) < (answered ? end + 10000000000LL : end)) wait_until(end, 0);
    if (answered && answered < sent) die("not all events were answered within 10 s");
    for (long place = 0; place < count; place++)
        printf("%ld %lld %lld %lld\n", place, events[place].left, events[place].answered, events[place].entry);
    return 0;
}

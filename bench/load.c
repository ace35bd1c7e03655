// Puts load on a hub: so many connections, so many unanswered events on each. It is in C, so that what is measured is
// not the sender.
// load SOCKET EVENTS CONNECTIONS IN-FLIGHT SECONDS COUNT
// EVENTS is a file of JSON lines used in turn, "@@" in them replaced by a number that never repeats.
// Ends after SECONDS, or when COUNT events (0: no such end) are answered ok. Prints: ok, refused, seconds, the first
// refusal.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 1 << 18, LONGEST = 4096 };

typedef struct {
    int fd, waiting, blocked;
    size_t in, from, to;
    char answers[ROOM], lines[ROOM];
} Connection;

static char **events;
static size_t event_count;
static long long number;
static long sent, ok, refused, wanted;
static char first_refusal[400];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void die(const char *why) {
    fprintf(stderr, "load: %s%s%s\n", why, errno ? ": " : "", errno ? strerror(errno) : "");
    exit(1);
}

static void read_events(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) die(path);
    char line[LONGEST];
    while (fgets(line, sizeof line, file)) {
        events = realloc(events, (event_count + 1) * sizeof *events);
        if (!events || !(events[event_count++] = strdup(line))) die("out of memory");
    }
    fclose(file);
    errno = 0;
    if (!event_count) die("no events in the file");
}

static size_t write_event(char *out) {
    const char *from = events[(size_t)sent++ % event_count], *hole;
    size_t length = 0;
    number++;
    for (; (hole = strstr(from, "@@")); from = hole + 2) {
        memcpy(out + length, from, (size_t)(hole - from));
        length += (size_t)(hole - from);
        length += (size_t)sprintf(out + length, "%lld", number);
    }
    size_t rest = strlen(from);
    memcpy(out + length, from, rest);
    return length + rest;
}

static void push(Connection *c, int epoll, int in_flight, long *all_waiting) {
    if (c->from == c->to) c->from = c->to = 0;
    while (c->waiting < in_flight && c->to + 2 * LONGEST < ROOM && (!wanted || ok + *all_waiting < wanted)) {
        c->to += write_event(c->lines + c->to);
        c->waiting++;
        ++*all_waiting;
    }
    int blocked = 0;
    while (c->from < c->to && !blocked) {
        ssize_t put = send(c->fd, c->lines + c->from, c->to - c->from, MSG_NOSIGNAL);
        if (put > 0) c->from += (size_t)put;
        else if (errno == EAGAIN) blocked = 1;
        else die("the hub closed a connection");
    }
    if (blocked != c->blocked) {
        struct epoll_event e = {.events = EPOLLIN | (blocked ? EPOLLOUT : 0), .data.ptr = c};
        epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &e);
        c->blocked = blocked;
    }
}

static void take_answers(Connection *c, long *all_waiting) {
    ssize_t got = recv(c->fd, c->answers + c->in, ROOM - c->in, 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) die("the hub closed a connection");
    c->in += (size_t)got;
    char *line = c->answers, *end;
    for (; (end = memchr(line, '\n', c->in - (size_t)(line - c->answers))); line = end + 1) {
        c->waiting--;
        --*all_waiting;
        if (memmem(line, (size_t)(end - line), "\"ok\":true", 9)) ok++;
        else if (!refused++) snprintf(first_refusal, sizeof first_refusal, "%.*s", (int)(end - line), line);
    }
    c->in -= (size_t)(line - c->answers);
    memmove(c->answers, line, c->in);
}

int main(int argc, char **argv) {
    if (argc != 7) die("load SOCKET EVENTS CONNECTIONS IN-FLIGHT SECONDS COUNT");
    read_events(argv[2]);
    int connections = atoi(argv[3]), in_flight = atoi(argv[4]), epoll = epoll_create1(EPOLL_CLOEXEC);
    double seconds = atof(argv[5]);
    wanted = atol(argv[6]);
    struct timespec wall;
    clock_gettime(CLOCK_REALTIME, &wall);
    number = (long long)wall.tv_sec * 1000000000LL + wall.tv_nsec;

    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", argv[1]);
    Connection *all = calloc((size_t)connections, sizeof *all);
    if (!all) die("out of memory");
    for (int i = 0; i < connections; i++) {
        all[i].fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connect(all[i].fd, (struct sockaddr *)&address, sizeof address) < 0) die(argv[1]);
        fcntl(all[i].fd, F_SETFL, O_NONBLOCK);
        struct epoll_event e = {.events = EPOLLIN, .data.ptr = &all[i]};
        epoll_ctl(epoll, EPOLL_CTL_ADD, all[i].fd, &e);
    }
    long waiting = 0;
    double began = now(), heard = began;
    for (int i = 0; i < connections; i++) push(&all[i], epoll, in_flight, &waiting);
    while (now() < began + seconds && (!wanted || ok < wanted) && refused < 10000) {
        struct epoll_event ready[64];
        int count = epoll_wait(epoll, ready, 64, 100);
        for (int i = 0; i < count; i++) {
            Connection *c = ready[i].data.ptr;
            if (ready[i].events & ~(uint32_t)EPOLLOUT) take_answers(c, &waiting);
            push(c, epoll, in_flight, &waiting);
        }
        if (count > 0) heard = now();
        errno = 0;
        if (now() > heard + 20) die("no answer from the hub for 20 seconds");
    }
    printf("%ld %ld %.6f %s\n", ok, refused, now() - began, first_refusal);
    return 0;
}

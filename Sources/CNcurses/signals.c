// Signals: taken, held back, waited for; and the terminal given back when the program dies.
#include "shared.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

volatile sig_atomic_t wr_is_open;
int wr_input = -1;

static volatile sig_atomic_t came, is_writing;
static bool wants_backtrace;
static struct termios shell_modes;
static char leaving[512];
static size_t leaving_count;
static sigset_t ours, ending, sleeping;
static struct sigaction before[NSIG];
static char signal_stack[32768];
static const int crashes[] = {
    SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGSYS, SIGXCPU, SIGXFSZ, SIGUSR1, SIGUSR2};
static const struct { int number, happening; } taken[] = {
    {SIGWINCH, WR_RESIZED}, {SIGTERM, WR_LEAVE}, {SIGINT, WR_LEAVE}, {SIGHUP, WR_LEAVE}, {SIGQUIT, WR_LEAVE},
    {SIGTSTP, WR_STOP}, {SIGCONT, WR_CONTINUED}};

// What a signal handler may do to give the terminal back: the sequences that were made ready at the start, and the
// modes.
static void give_back_now(void) {
    if (!wr_is_open) return;
    wr_is_open = 0;
    int flags = fcntl(STDOUT_FILENO, F_GETFL);
    fcntl(STDOUT_FILENO, F_SETFL, flags | O_NONBLOCK);
    ssize_t written = write(STDOUT_FILENO, leaving, leaving_count);
    (void)written;
    fcntl(STDOUT_FILENO, F_SETFL, flags);
    tcsetattr(wr_input, TCSANOW, &shell_modes);
}

static void crashed(int number) {
    give_back_now();
    // The runtime's backtrace is written now, where somebody asked for it, because there is a terminal to write on.
    struct sigaction usual = {.sa_handler = SIG_DFL};
    sigaction(number, wants_backtrace ? &before[number] : &usual, NULL);
    raise(number);
}

// The terminal takes nothing, and we are to end: what is still written goes nowhere from now on, so that the program
// comes to its own end and takes what it has started with it.
static void stuck(int number) {
    (void)number;
    give_back_now();
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0) dup2(nowhere, STDOUT_FILENO); else _exit(0);
}

static void took(int number) {
    for (int at = 0; at < COUNT(taken); at++)
        if (taken[at].number == number) came |= taken[at].happening;
    // Where the program is asked to leave while the terminal takes nothing, the terminal gets a second.
    if (is_writing && sigismember(&ending, number)) alarm(1);
}

static void handle(int number, void (*handler)(int), int flags) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    sigfillset(&action.sa_mask);
    sigaction(number, &action, &before[number]);
}

bool wr_signals_take(void) {
    if (tcgetattr(wr_input, &shell_modes)) return false;
    wants_backtrace = getenv("SWIFT_BACKTRACE") != NULL;
    sigset_t start;
    sigemptyset(&ours);
    sigemptyset(&ending);
    for (int at = 0; at < COUNT(taken); at++) {
        sigaddset(&ours, taken[at].number);
        if (taken[at].happening == WR_LEAVE) sigaddset(&ending, taken[at].number);
    }
    sigprocmask(SIG_BLOCK, &ours, &start);
    sleeping = start;
    for (int at = 0; at < COUNT(taken); at++) sigdelset(&sleeping, taken[at].number);
    stack_t stack = {.ss_sp = signal_stack, .ss_size = sizeof signal_stack};
    sigaltstack(&stack, NULL);
    // This comes before newterm, which leaves alone the signals that somebody has taken already.
    for (int at = 0; at < COUNT(taken); at++) handle(taken[at].number, took, 0);
    for (int at = 0; at < COUNT(crashes); at++) handle(crashes[at], crashed, SA_RESETHAND | SA_ONSTACK);
    handle(SIGALRM, stuck, SA_ONSTACK);
    signal(SIGPIPE, SIG_IGN);
    return true;
}

void wr_signals_restore(void) {
    for (int at = 0; at < COUNT(taken); at++) sigaction(taken[at].number, &before[taken[at].number], NULL);
    for (int at = 0; at < COUNT(crashes); at++) sigaction(crashes[at], &before[crashes[at]], NULL);
    sigaction(SIGALRM, &before[SIGALRM], NULL);
    sigprocmask(SIG_UNBLOCK, &ours, NULL);
}

void wr_restore_modes(void) { tcsetattr(wr_input, TCSANOW, &shell_modes); }

void wr_write_begins(int most_seconds) {
    is_writing = 1;
    sigprocmask(SIG_UNBLOCK, &ending, NULL);
    if (most_seconds > 0 || came & WR_LEAVE) alarm(most_seconds > 0 ? (unsigned)most_seconds : 1);
}

void wr_write_ended(void) {
    sigprocmask(SIG_BLOCK, &ending, NULL);
    is_writing = 0;
    alarm(0);
}

void wr_add_leaving(const char *text) {
    if (!text || text == (char *)-1) return;
    while (*text && leaving_count < sizeof leaving) {
        if (text[0] == '$' && text[1] == '<') { // a delay, for terminals made of metal
            const char *end = strchr(text, '>');
            if (end) {
                text = end + 1;
                continue;
            }
        }
        leaving[leaving_count++] = *text++;
    }
}

void wr_stop(bool group) {
    sigset_t stopping;
    sigemptyset(&stopping);
    sigaddset(&stopping, SIGTSTP);
    sigaddset(&stopping, SIGCONT);
    struct sigaction usual = {.sa_handler = SIG_DFL}, mine;
    sigaction(SIGTSTP, &usual, &mine);
    kill(group ? 0 : getpid(), SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &stopping, NULL); // stops here, and goes on here
    sigprocmask(SIG_BLOCK, &stopping, NULL);
    sigaction(SIGTSTP, &mine, NULL);
    came &= ~(WR_CONTINUED | WR_STOP);
}

bool wr_await(int milliseconds) {
    struct pollfd ready = {.fd = wr_input, .events = POLLIN};
    return wr_is_open && poll(&ready, 1, milliseconds) > 0 && ready.revents == POLLIN;
}

int wr_wait(int feed, bool feed_room, bool room, int milliseconds) {
    struct pollfd ready[] = {
        {.fd = wr_input, .events = POLLIN}, {.fd = feed, .events = POLLIN | (feed_room ? POLLOUT : 0)},
        {.fd = STDOUT_FILENO, .events = room ? POLLOUT : 0}};
    if (wr_has_early()) milliseconds = 0;
    struct timespec limit = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L};
    int count = ppoll(ready, COUNT(ready), milliseconds < 0 ? NULL : &limit, &sleeping);
    int happened = came | (wr_has_early() ? WR_KEYS : 0);
    came = 0;
    if (count <= 0) return happened;
    int ended = POLLHUP | POLLERR | POLLNVAL, there = 0;
    if (ready[0].revents & POLLIN) {
        // Readable and empty is the end of the input; reading it would never stop.
        if (ioctl(wr_input, FIONREAD, &there) == 0 && there == 0) happened |= WR_LEAVE;
        happened |= WR_KEYS;
    }
    if ((ready[0].revents | ready[2].revents) & ended) happened |= WR_LEAVE;
    if (ready[1].revents & (POLLIN | ended)) happened |= WR_FEED;
    if (ready[1].revents & POLLOUT) happened |= WR_FEED_ROOM;
    if (ready[2].revents & POLLOUT) happened |= WR_ROOM;
    return happened;
}

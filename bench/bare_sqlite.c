// What the disk and SQLite alone can do: WAL, synchronous=FULL, one insert a transaction; and the disk's bare
// fdatasync.
// bare_sqlite FOLDER SECONDS   prints: events a second, then the median fdatasync in microseconds
#define _GNU_SOURCE
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { EVENT = 210, SYNCS = 400 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void die(const char *why) {
    fprintf(stderr, "bare_sqlite: %s\n", why);
    exit(1);
}

int main(int argc, char **argv) {
    if (argc != 3) die("bare_sqlite FOLDER SECONDS");
    double seconds = atof(argv[2]);
    char path[4096], event[EVENT];
    memset(event, 'e', sizeof event);

    snprintf(path, sizeof path, "%s/bare.db", argv[1]);
    sqlite3 *db;
    sqlite3_stmt *insert;
    if (sqlite3_open(path, &db) != SQLITE_OK) die(sqlite3_errmsg(db));
    const char *setup =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "CREATE TABLE event(entry INTEGER PRIMARY KEY, body TEXT NOT NULL)";
    const char *insertion = "INSERT INTO event(body) VALUES(?)";
    if (sqlite3_exec(db, setup, NULL, NULL, NULL) != SQLITE_OK) die(sqlite3_errmsg(db));
    if (sqlite3_prepare_v2(db, insertion, -1, &insert, NULL) != SQLITE_OK) die(sqlite3_errmsg(db));
    long count = 0;
    double began = now(), ended = began;
    for (; ended < began + seconds; ended = now(), count++) {
        sqlite3_bind_text(insert, 1, event, EVENT, SQLITE_STATIC);
        if (sqlite3_step(insert) != SQLITE_DONE) die(sqlite3_errmsg(db));
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    sqlite3_close(db);
    unlink(path);

    snprintf(path, sizeof path, "%s/sync.bin", argv[1]);
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (file < 0) die("cannot write in the folder");
    double took[SYNCS];
    for (int i = 0; i < SYNCS; i++) {
        if (write(file, event, EVENT) != EVENT) die("short write");
        double start = now();
        if (fdatasync(file) != 0) die("fdatasync failed");
        took[i] = (now() - start) * 1e6;
    }
    close(file);
    unlink(path);
    qsort(took, SYNCS, sizeof took[0], ascending);
    printf("%.1f %.1f %.1f\n", (double)count / (ended - began), took[SYNCS / 2], took[SYNCS * 99 / 100]);
    return 0;
}

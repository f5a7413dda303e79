// Kills the process before its KILL_AT-th write to a file whose path has KILL_IN in it, as a power cut or the kernel might.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void count(const char *path) {
    static int calls;
    const char *at = getenv("KILL_AT"), *in = getenv("KILL_IN");
    if (at && in && strstr(path, in) && ++calls == atoi(at)) kill(getpid(), SIGKILL);
}

static void count_descriptor(int descriptor) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return;
    path[length] = 0;
    count(path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t offset) {
    count_descriptor(descriptor);
    return REAL(pwrite)(descriptor, bytes, size, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t offset) {
    count_descriptor(descriptor);
    return REAL(pwrite64)(descriptor, bytes, size, offset);
}

int ftruncate64(int descriptor, off64_t size) {
    count_descriptor(descriptor);
    return REAL(ftruncate64)(descriptor, size);
}

int fdatasync(int descriptor) {
    count_descriptor(descriptor);
    return REAL(fdatasync)(descriptor);
}

int unlink(const char *path) {
    count(path);
    return REAL(unlink)(path);
}

#define CURL_DISABLE_TYPECHECK
#include "CCurl.h"

#include <dlfcn.h>
#include <stdint.h>

#ifdef __APPLE__
#define LIBRARY "libcurl.4.dylib"
#else
#define LIBRARY "libcurl.so.4"
#endif

// The types are those of curl.h, so that a wrong call does not compile.
#define FUNCTIONS(each) \
    each(global_init) each(slist_append) each(slist_free_all) \
    each(easy_init) each(easy_cleanup) each(easy_setopt) each(easy_getinfo) each(easy_strerror) \
    each(multi_init) each(multi_cleanup) each(multi_setopt) each(multi_add_handle) each(multi_remove_handle) \
    each(multi_perform) each(multi_poll) each(multi_wakeup) each(multi_info_read)

#define POINTER(name) static __typeof__(curl_##name) *name;
FUNCTIONS(POINTER)

const char *libcurl_load(void) {
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (!library) return dlerror();
#define FIND(name) if (!(name = (__typeof__(name))dlsym(library, "curl_" #name))) return dlerror();
    FUNCTIONS(FIND)
    // OpenSSL frees its state at exit, while a thread may still close a connection. The flag must be set before its first use.
    // Another TLS library has no such function.
    int (*init)(uint64_t, const void *) = (int (*)(uint64_t, const void *))dlsym(library, "OPENSSL_init_crypto");
    const uint64_t without_cleanup_at_exit = 0x00080000; // OPENSSL_INIT_NO_ATEXIT
    if (init) init(without_cleanup_at_exit, 0);
    return 0;
}

CURLcode libcurl_global_init(long flags) { return global_init(flags); }
const char *libcurl_easy_strerror(CURLcode code) { return easy_strerror(code); }
struct curl_slist *libcurl_slist_append(struct curl_slist *list, const char *text) { return slist_append(list, text); }
void libcurl_slist_free_all(struct curl_slist *list) { slist_free_all(list); }

CURL *libcurl_easy_init(void) { return easy_init(); }
void libcurl_easy_cleanup(CURL *handle) { easy_cleanup(handle); }

#define SET(type, name) \
    CURLcode libcurl_set_##name(CURL *handle, CURLoption option, type value) { \
        return easy_setopt(handle, option, value); \
    }
SET(long, long)
SET(curl_off_t, offset)
SET(const char *, string)
SET(const void *, bytes)
SET(void *, pointer)
SET(struct curl_slist *, list)
SET(curl_data_function, function)

CURLcode libcurl_set_opensocket(CURL *handle, curl_opensocket_callback value) {
    return easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, value);
}

CURLcode libcurl_get_long(CURL *handle, CURLINFO info, long *value) { return easy_getinfo(handle, info, value); }

CURLM *libcurl_multi_init(void) { return multi_init(); }
CURLMcode libcurl_multi_cleanup(CURLM *multi) { return multi_cleanup(multi); }
CURLMcode libcurl_multi_set_long(CURLM *multi, CURLMoption option, long value) { return multi_setopt(multi, option, value); }
CURLMcode libcurl_multi_add_handle(CURLM *multi, CURL *handle) { return multi_add_handle(multi, handle); }
CURLMcode libcurl_multi_remove_handle(CURLM *multi, CURL *handle) { return multi_remove_handle(multi, handle); }
CURLMcode libcurl_multi_perform(CURLM *multi, int *running) { return multi_perform(multi, running); }
CURLMcode libcurl_multi_wakeup(CURLM *multi) { return multi_wakeup(multi); }
CURLMsg *libcurl_multi_info_read(CURLM *multi, int *left) { return multi_info_read(multi, left); }

CURLMcode libcurl_multi_poll(CURLM *multi, struct curl_waitfd extra[], unsigned int count, int timeout, int *ready) {
    return multi_poll(multi, extra, count, timeout, ready);
}

CURLcode libcurl_message_result(const CURLMsg *message) { return message->data.result; }

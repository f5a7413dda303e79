#ifndef TIDEMARK_CCURL_H
#define TIDEMARK_CCURL_H

#include <curl/curl.h>

// The functions of libcurl that the client uses, with the prefix `libcurl_` instead of `curl_`. libcurl_load loads the
// library instead of the program's start: it has thirty dependencies, which would take a third of the time of a command
// that makes no AWS call.

// Loads libcurl; returns the error, or null. Call it before every other function here.
const char *libcurl_load(void);

CURLcode libcurl_global_init(long flags);
const char *libcurl_easy_strerror(CURLcode code);
struct curl_slist *libcurl_slist_append(struct curl_slist *list, const char *text);
void libcurl_slist_free_all(struct curl_slist *list);

CURL *libcurl_easy_init(void);
void libcurl_easy_cleanup(CURL *handle);

// Swift cannot call variadic functions: there is one function for each type of argument.
typedef size_t (*curl_data_function)(char *bytes, size_t size, size_t count, void *context);

CURLcode libcurl_set_long(CURL *handle, CURLoption option, long value);
CURLcode libcurl_set_offset(CURL *handle, CURLoption option, curl_off_t value);
CURLcode libcurl_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode libcurl_set_bytes(CURL *handle, CURLoption option, const void *value);
CURLcode libcurl_set_pointer(CURL *handle, CURLoption option, void *value);
CURLcode libcurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value);
CURLcode libcurl_set_opensocket(CURL *handle, curl_opensocket_callback value);
CURLcode libcurl_set_function(CURL *handle, CURLoption option, curl_data_function value);
CURLcode libcurl_get_long(CURL *handle, CURLINFO info, long *value);

CURLM *libcurl_multi_init(void);
CURLMcode libcurl_multi_cleanup(CURLM *multi);
CURLMcode libcurl_multi_set_long(CURLM *multi, CURLMoption option, long value);
CURLMcode libcurl_multi_add_handle(CURLM *multi, CURL *handle);
CURLMcode libcurl_multi_remove_handle(CURLM *multi, CURL *handle);
CURLMcode libcurl_multi_perform(CURLM *multi, int *running);
CURLMcode libcurl_multi_poll(CURLM *multi, struct curl_waitfd extra[], unsigned int count, int timeout, int *ready);
CURLMcode libcurl_multi_wakeup(CURLM *multi);
CURLMsg *libcurl_multi_info_read(CURLM *multi, int *left);

// A message's payload is a union, which is simpler to read in C.
CURLcode libcurl_message_result(const CURLMsg *message);

#endif

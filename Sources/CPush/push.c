#include "CPush.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

// The functions that are used of libcurl.
typedef struct {
  void *library;
  __typeof__(&curl_easy_init) init;
  __typeof__(&curl_easy_setopt) set;
  __typeof__(&curl_easy_perform) perform;
  __typeof__(&curl_easy_getinfo) info;
  __typeof__(&curl_easy_strerror) describe;
  __typeof__(&curl_easy_cleanup) cleanup;
  __typeof__(&curl_slist_append) append;
  __typeof__(&curl_slist_free_all) free_list;
} curl_functions;

#define FUNCTION(field, name)                                        \
  do {                                                               \
    *(void **)&functions->field = dlsym(functions->library, #name);  \
    if (functions->field == NULL) return 0;                          \
  } while (0)

static int load(curl_functions *functions) {
  // Never closed: its TLS library registers exit handlers.
  functions->library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (functions->library == NULL) return 0;
  FUNCTION(init, curl_easy_init);
  FUNCTION(set, curl_easy_setopt);
  FUNCTION(perform, curl_easy_perform);
  FUNCTION(info, curl_easy_getinfo);
  FUNCTION(describe, curl_easy_strerror);
  FUNCTION(cleanup, curl_easy_cleanup);
  FUNCTION(append, curl_slist_append);
  FUNCTION(free_list, curl_slist_free_all);
  return 1;
}

// What is still to be sent.
typedef struct {
  const uint8_t *next;
  size_t left;
} upload;

static size_t give(char *buffer, size_t size, size_t count, void *context) {
  upload *rest = context;
  size_t some = size * count < rest->left ? size * count : rest->left;
  memcpy(buffer, rest->next, some);
  rest->next += some;
  rest->left -= some;
  return some;
}

// Keeps how the answer begins.
static size_t take(char *data, size_t size, size_t count, void *context) {
  drift_push_answer *answer = context;
  size_t used = strlen(answer->text);
  size_t room = sizeof answer->text - 1 - used;
  size_t some = size * count < room ? size * count : room;
  memcpy(answer->text + used, data, some);
  answer->text[used + some] = 0;
  if (some < size * count) answer->is_cut = 1;
  return size * count;
}

void drift_push_put(const drift_push_request *request, drift_push_answer *answer) {
  memset(answer, 0, sizeof *answer);
  curl_functions curl;
  if (!load(&curl)) {
    answer->result = DRIFT_PUSH_NO_LIBRARY;
    const char *reason = dlerror();
    snprintf(answer->text, sizeof answer->text, "%s", reason ? reason : "libcurl is too old");
    return;
  }
  CURL *handle = curl.init();
  if (handle == NULL) {
    answer->result = CURLE_OUT_OF_MEMORY;
    snprintf(answer->text, sizeof answer->text, "libcurl could not be started");
    return;
  }
  char header[128];
  snprintf(header, sizeof header, "Content-Type: %s", request->content_type);
  struct curl_slist *headers = curl.append(NULL, header);
  headers = curl.append(headers, "Expect:");  // the body is small: no "100 Continue" first
  char problem[CURL_ERROR_SIZE] = "";
  upload rest = {request->body, request->body_length};
  curl.set(handle, CURLOPT_ERRORBUFFER, problem);
  curl.set(handle, CURLOPT_NOSIGNAL, 1L);
  curl.set(handle, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
  curl.set(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl.set(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl.set(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  curl.set(handle, CURLOPT_TIMEOUT_MS, request->timeout_milliseconds);
  curl.set(handle, CURLOPT_URL, request->url);
  curl.set(handle, CURLOPT_USERAGENT, "drift-check");
  curl.set(handle, CURLOPT_HTTPHEADER, headers);
  curl.set(handle, CURLOPT_UPLOAD, 1L);
  curl.set(handle, CURLOPT_INFILESIZE_LARGE, (curl_off_t)request->body_length);
  curl.set(handle, CURLOPT_READFUNCTION, give);
  curl.set(handle, CURLOPT_READDATA, &rest);
  curl.set(handle, CURLOPT_WRITEFUNCTION, take);
  curl.set(handle, CURLOPT_WRITEDATA, answer);
  if (request->ca_file != NULL) {
    curl.set(handle, CURLOPT_CAINFO, request->ca_file);
    curl.set(handle, CURLOPT_CAPATH, NULL);
  }
  if (request->bearer != NULL) {
    curl.set(handle, CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
    curl.set(handle, CURLOPT_XOAUTH2_BEARER, request->bearer);
  } else if (request->basic != NULL) {
    curl.set(handle, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
    curl.set(handle, CURLOPT_USERPWD, request->basic);
  }
  CURLcode code = curl.perform(handle);
  answer->result = (int)code;
  curl.info(handle, CURLINFO_RESPONSE_CODE, &answer->status);
  if (code != CURLE_OK) {
    snprintf(answer->text, sizeof answer->text, "%s", problem[0] ? problem : curl.describe(code));
    answer->is_cut = strlen(problem) + 1 == sizeof problem;
  }
  curl.free_list(headers);
  curl.cleanup(handle);
}

int drift_push_may_pass(int result) {
  switch (result) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
      return 1;
    default:
      return 0;
  }
}

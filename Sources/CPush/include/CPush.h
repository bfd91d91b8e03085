// One HTTP request by libcurl, as Swift can call it.
#ifndef C_PUSH_H
#define C_PUSH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  const char *url;
  const char *content_type;
  const uint8_t *body;
  size_t body_length;
  // Each may be null: "user:password", a bearer token, and the file of the certificates to trust
  // instead of the system's.
  const char *basic;
  const char *bearer;
  const char *ca_file;
  long timeout_milliseconds;
} drift_push_request;

enum {
  // libcurl is not installed, or not one that can be used.
  DRIFT_PUSH_NO_LIBRARY = -1,
  DRIFT_PUSH_ANSWERED = 0
  // Greater ones are libcurl's codes (CURLE_...).
};

typedef struct {
  int result;
  // The HTTP status of the answer; 0 without one.
  long status;
  // What went wrong, or how the answer begins; ends with 0.
  char text[4096];
  // Whether there was more.
  int is_cut;
} drift_push_answer;

// Puts the body to the URL: HTTP and HTTPS only, certificates verified, no redirects followed.
// Nothing is kept between calls, and no signal is used.
void drift_push_put(const drift_push_request *request, drift_push_answer *answer);

// Whether a result may be another one soon: the server was not reached or too slow.
int drift_push_may_pass(int result);

#ifdef __cplusplus
}
#endif
#endif

// libcurl's declarations. It is loaded when something is pushed, and not linked: with the two dozen
// libraries that it brings along, the program would take three times as long to start.
#ifndef DRIFT_CCURL_SHIM_H
#define DRIFT_CCURL_SHIM_H
#include <curl/curl.h>
#endif

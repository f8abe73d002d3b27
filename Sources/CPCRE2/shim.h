#ifndef CPCRE2_SHIM_H
#define CPCRE2_SHIM_H
// PCRE2 names its functions by code unit width; we match UTF-8 bytes.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#endif

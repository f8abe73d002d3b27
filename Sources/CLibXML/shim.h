#ifndef CLIBXML_SHIM_H
#define CLIBXML_SHIM_H
#include <libxml/xmlversion.h>
// Debian's libxml2 pulls in ICU headers that clash with Foundation's copy ("'UErrorCode' has different
// definitions in different modules"). Nothing we call needs them.
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <libxml/xmlerror.h>
// A macro over a per-thread global, which Swift cannot import.
static inline const char *clibxml_version(void) { return xmlParserVersion; }
// A global variable that holds a function, which Swift does not take for safe.
static inline void clibxml_free(void *memory) { xmlFree(memory); }
#endif

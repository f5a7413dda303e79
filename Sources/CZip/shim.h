#ifndef TIDEMARK_CZIP_SHIM_H
#define TIDEMARK_CZIP_SHIM_H

#include <zip.h>

#endif

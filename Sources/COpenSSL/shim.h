#ifndef TIDEMARK_COPENSSL_SHIM_H
#define TIDEMARK_COPENSSL_SHIM_H

// SHA256.swift says why it uses functions that OpenSSL 3 calls deprecated.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

#endif

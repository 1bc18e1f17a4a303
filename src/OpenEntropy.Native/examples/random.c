/*
 * Writes random bytes as hexadecimal digits:  random FOLDER [BYTES]
 * FOLDER holds OpenEntropy.Native.dll and what it needs. To compile:  cc -I../include random.c hostfxr.c -ldl -o random
 */
#include "hostfxr.h"
#include "openentropy.h"

#include <stdio.h>
#include <stdlib.h>

#define SEED_TIMEOUT_MILLISECONDS 60000

static openentropy_last_error_fn last_error;

/* Says what went wrong: the sentence that the last call of this thread left. */
static int fail(const char *what)
{
    uint8_t text[1024];
    size_t length = 0;
    if (last_error(text, sizeof text, &length) != OPENENTROPY_OK)
        length = 0;
    fprintf(stderr, "%s: %.*s\n", what, (int)length, (const char *)text);
    return 1;
}

int main(int count, char **arguments)
{
    static const uint8_t options[] = "{\"Sources\":{\"Enabled\":\"fast\"}}";
    uint8_t bytes[1024];
    uint64_t pool;
    long length = count > 2 ? strtol(arguments[2], NULL, 10) : 32;
    if (count < 2 || count > 3 || length < 1 || length > (long)sizeof bytes)
    {
        fprintf(stderr, "usage: random FOLDER [BYTES], 1 to %zu bytes\n", sizeof bytes);
        return 2;
    }
    if (host_start(arguments[1]) != 0)
        return 1;
    openentropy_contract_fn contract = (openentropy_contract_fn)host_function(OPENENTROPY_TYPE, "Contract");
    openentropy_open_fn open_pool = (openentropy_open_fn)host_function(OPENENTROPY_TYPE, "Open");
    openentropy_bytes_fn get_bytes = (openentropy_bytes_fn)host_function(OPENENTROPY_TYPE, "Bytes");
    openentropy_close_fn close_pool = (openentropy_close_fn)host_function(OPENENTROPY_TYPE, "Close");
    last_error = (openentropy_last_error_fn)host_function(OPENENTROPY_TYPE, "LastErrorText");
    if (contract == NULL || open_pool == NULL || get_bytes == NULL || close_pool == NULL || last_error == NULL)
        return 1;
    if (contract() != OPENENTROPY_CONTRACT)
    {
        fprintf(stderr, "the library has version %d of the contract, and this program needs %d\n", contract(), OPENENTROPY_CONTRACT);
        return 1;
    }
    if (open_pool(options, sizeof options - 1, &pool) != OPENENTROPY_OK)
        return fail("open");
    if (get_bytes(pool, bytes, (size_t)length, SEED_TIMEOUT_MILLISECONDS) != OPENENTROPY_OK)
        return fail("bytes");
    for (long i = 0; i < length; i++)
        printf("%02x", bytes[i]);
    putchar('\n');
    if (close_pool(pool) != OPENENTROPY_OK)
        return fail("close");
    return close_pool(pool) == OPENENTROPY_INVALID_HANDLE ? 0 : fail("a pool was closed twice");
}

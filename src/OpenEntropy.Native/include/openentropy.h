/*
 * The entry points of OpenEntropy.Native, version 1 of the contract. What each does, and how they are reached by way of hostfxr, is told in
 * docs/native.md; examples/random.c uses them. Compiled ahead of time, the library exports the same functions by the names openentropy_*.
 */
#ifndef OPENENTROPY_H
#define OPENENTROPY_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define OPENENTROPY_CALL __cdecl
#else
#define OPENENTROPY_CALL
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define OPENENTROPY_CONTRACT 1

/* What is asked of hostfxr: this type, a method's name, and UNMANAGEDCALLERSONLY_METHOD as the delegate's type. */
#define OPENENTROPY_TYPE "OpenEntropy.Native.Exports, OpenEntropy.Native"

enum openentropy_result {
    OPENENTROPY_OK = 0,
    OPENENTROPY_INVALID_ARGUMENT = -1,
    OPENENTROPY_INVALID_HANDLE = -2,
    OPENENTROPY_BUFFER_TOO_SMALL = -3,
    OPENENTROPY_CONFIGURATION = -4,
    OPENENTROPY_STARTING = -5,
    OPENENTROPY_NO_ENTROPY = -6,
    OPENENTROPY_TIMEOUT = -7,
    OPENENTROPY_CLOSED = -8,
    OPENENTROPY_SAMPLES = -9,
    OPENENTROPY_OUT_OF_MEMORY = -10,
    OPENENTROPY_FORKED = -11,
    OPENENTROPY_INTERNAL = -12
};

/* Each type stands for the method whose name follows it. Texts are UTF-8 without a zero at the end; needed may be NULL. */

typedef int32_t(OPENENTROPY_CALL *openentropy_contract_fn)(void); /* Contract */

typedef int32_t(OPENENTROPY_CALL *openentropy_version_fn)(uint8_t *buffer, size_t length, size_t *needed);    /* Version */
typedef int32_t(OPENENTROPY_CALL *openentropy_last_error_fn)(uint8_t *buffer, size_t length, size_t *needed); /* LastErrorText */
typedef int32_t(OPENENTROPY_CALL *openentropy_detect_fn)(uint8_t *buffer, size_t length, size_t *needed);     /* Detect */

typedef int32_t(OPENENTROPY_CALL *openentropy_open_fn)(const uint8_t *options, size_t length, uint64_t *handle); /* Open */
typedef int32_t(OPENENTROPY_CALL *openentropy_close_fn)(uint64_t handle);                                        /* Close */

typedef int32_t(OPENENTROPY_CALL *openentropy_bytes_fn)(
    uint64_t handle, uint8_t *destination, size_t length, uint32_t timeout_milliseconds); /* Bytes */
typedef int32_t(OPENENTROPY_CALL *openentropy_limited_fn)(
    uint64_t handle, uint8_t *destination, size_t length, uint32_t timeout_milliseconds); /* Limited */
typedef int32_t(OPENENTROPY_CALL *openentropy_raw_fn)(
    uint64_t handle, const uint8_t *selection, size_t selection_length,
    uint8_t *destination, size_t length, uint32_t timeout_milliseconds); /* Raw */

typedef int32_t(OPENENTROPY_CALL *openentropy_health_fn)(
    uint64_t handle, uint8_t *buffer, size_t length, size_t *needed); /* Health */
typedef int32_t(OPENENTROPY_CALL *openentropy_sources_fn)(
    uint64_t handle, uint8_t *buffer, size_t length, size_t *needed); /* Sources */

typedef int32_t(OPENENTROPY_CALL *openentropy_assess_fn)(
    const uint8_t *options, size_t options_length, const uint8_t *samples, size_t samples_length,
    uint8_t *buffer, size_t length, size_t *needed); /* Assess */

#ifdef __cplusplus
}
#endif

#endif

/* Finds hostfxr and asks it for managed functions, on systems with dlopen. */
#ifndef EXAMPLE_HOSTFXR_H
#define EXAMPLE_HOSTFXR_H

/*
 * Starts the runtime for the assembly in a folder.
 * folder: holds OpenEntropy.Native.dll and OpenEntropy.Native.runtimeconfig.json. Returns 0, or prints why not and returns 1.
 */
int host_start(const char *folder);

/* An [UnmanagedCallersOnly] method by its name; NULL, with a line on standard error, where there is none. */
void *host_function(const char *type, const char *method);

#endif

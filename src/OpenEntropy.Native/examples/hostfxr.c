/* See hostfxr.h. The host's own interface is described in .NET's hostfxr.h and coreclr_delegates.h; nothing of them is needed to compile this. */
#define _GNU_SOURCE
#include "hostfxr.h"

#include <dirent.h>
#include <dlfcn.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__APPLE__)
#define HOSTFXR "libhostfxr.dylib"
#else
#define HOSTFXR "libhostfxr.so"
#endif
#define LOAD_ASSEMBLY_AND_GET_FUNCTION_POINTER 5
#define UNMANAGED_CALLERS_ONLY ((const char *)-1)

typedef int32_t (*initialize_fn)(const char *runtime_config, const void *parameters, void **context);
typedef int32_t (*get_delegate_fn)(void *context, int32_t type, void **delegate);
typedef int32_t (*close_fn)(void *context);
typedef int32_t (*load_fn)(
    const char *assembly, const char *type, const char *method, const char *delegate_type, void *reserved, void **function);

static char s_assembly[PATH_MAX];
static load_fn s_load;

/* Orders 9.0.14 before 10.0.2. */
static int is_newer(const char *version, const char *than)
{
    int a[3] = {0}, b[3] = {0};
    if (sscanf(version, "%d.%d.%d", &a[0], &a[1], &a[2]) < 2)
        return 0;
    sscanf(than, "%d.%d.%d", &b[0], &b[1], &b[2]);
    for (int i = 0; i < 3; i++)
        if (a[i] != b[i])
            return a[i] > b[i];
    return 0;
}

/* The newest hostfxr below a root; 0 where there is none. */
static int find_below(const char *root, char *path, size_t size)
{
    char folder[PATH_MAX], best[NAME_MAX + 1] = "";
    struct dirent *entry;
    snprintf(folder, sizeof folder, "%s/host/fxr", root);
    DIR *versions = opendir(folder);
    if (versions == NULL)
        return 0;
    while ((entry = readdir(versions)) != NULL)
        if (is_newer(entry->d_name, best))
            snprintf(best, sizeof best, "%s", entry->d_name);
    closedir(versions);
    return best[0] != '\0' && snprintf(path, size, "%s/%s/" HOSTFXR, folder, best) < (int)size;
}

/* The folder of the program dotnet on the path, its links followed. */
static int root_on_path(char *root)
{
    char candidate[PATH_MAX];
    const char *path = getenv("PATH");
    while (path != NULL && *path != '\0')
    {
        size_t length = strcspn(path, ":");
        snprintf(candidate, sizeof candidate, "%.*s/dotnet", (int)length, path);
        if (realpath(candidate, root) != NULL)
        {
            *strrchr(root, '/') = '\0';
            return 1;
        }
        path += length + (path[length] == ':');
    }
    return 0;
}

static int find_hostfxr(char *path, size_t size)
{
    static const char *const usual[] = {"/usr/share/dotnet", "/usr/lib/dotnet", "/usr/lib64/dotnet", "/usr/local/share/dotnet"};
    char root[PATH_MAX];
    const char *named = getenv("DOTNET_ROOT");
    if (named != NULL && find_below(named, path, size))
        return 1;
    if (root_on_path(root) && find_below(root, path, size))
        return 1;
    FILE *note = fopen("/etc/dotnet/install_location", "r");
    if (note != NULL)
    {
        int found = fgets(root, sizeof root, note) != NULL;
        fclose(note);
        if (found && (root[strcspn(root, "\r\n")] = '\0', find_below(root, path, size)))
            return 1;
    }
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (find_below(usual[i], path, size))
            return 1;
    return 0;
}

int host_start(const char *folder)
{
    char path[PATH_MAX], configuration[PATH_MAX];
    void *context = NULL, *delegate = NULL;
    if (!find_hostfxr(path, sizeof path))
    {
        fputs("the .NET runtime was not found; name its folder with DOTNET_ROOT\n", stderr);
        return 1;
    }
    snprintf(s_assembly, sizeof s_assembly, "%s/OpenEntropy.Native.dll", folder);
    snprintf(configuration, sizeof configuration, "%s/OpenEntropy.Native.runtimeconfig.json", folder);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
    {
        fprintf(stderr, "%s\n", dlerror());
        return 1;
    }
    initialize_fn initialize = (initialize_fn)dlsym(library, "hostfxr_initialize_for_runtime_config");
    get_delegate_fn get_delegate = (get_delegate_fn)dlsym(library, "hostfxr_get_runtime_delegate");
    close_fn close = (close_fn)dlsym(library, "hostfxr_close");
    if (initialize == NULL || get_delegate == NULL || close == NULL)
    {
        fprintf(stderr, "%s is too old\n", path);
        return 1;
    }
    int32_t code = initialize(configuration, NULL, &context);
    if (code >= 0)
        code = get_delegate(context, LOAD_ASSEMBLY_AND_GET_FUNCTION_POINTER, &delegate);
    if (context != NULL)
        close(context);
    s_load = (load_fn)delegate;
    if (s_load == NULL)
        fprintf(stderr, "the .NET runtime did not start (0x%08x)\n", (unsigned)code);
    return s_load == NULL;
}

void *host_function(const char *type, const char *method)
{
    void *function = NULL;
    int32_t code = s_load(s_assembly, type, method, UNMANAGED_CALLERS_ONLY, NULL, &function);
    if (code != 0 || function == NULL)
        fprintf(stderr, "%s has no method %s (0x%08x)\n", s_assembly, method, (unsigned)code);
    return function;
}

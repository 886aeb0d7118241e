/* The list of services of a caseload. It is read when it is asked for, and a list with a fault in it is not
 * used at all: half of an address would be worse than none. */
#include "caseload/directory.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/path.h"
#include "caseload/forms.h"

#include <stdlib.h>
#include <unistd.h>

char *directory_path(const char *folder)
{
    return path_join(folder, "services.yaml");
}

char *directory_example(void)
{
    char *file = forms_file("../examples/services.yaml");
    char *plain = file ? realpath(file, NULL) : NULL;
    free(file);
    return plain;
}

static void say_none(const char *path, char **cause)
{
    char *example = directory_example();
    if (example)
        cause_set(cause, "There is no list of services yet. To make one, copy %s to %s. Then put yours in.",
                  example, path);
    else
        cause_set(cause, "There is no list of services yet. It would be %s: see man alongside-services.",
                  path);
    free(example);
}

struct services *directory_read(const char *folder, char **cause)
{
    char *path = directory_path(folder);
    struct services *services = NULL;
    if (access(path, F_OK) != 0) {
        say_none(path, cause);
    } else {
        struct diags diags;
        diags_init(&diags, path);
        services = services_read(path, &diags);
        if (!services)
            cause_set(cause, "The list of services has faults. To see them: alongside services --check %s",
                      path);
        diags_release(&diags);
    }
    free(path);
    return services;
}

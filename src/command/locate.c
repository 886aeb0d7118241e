/* From what a person calls a record to its file. */
#include "command/locate.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "caseload/caseload.h"

#include <stdio.h>
#include <stdlib.h>

void locate_say(const char *command, const char *sentence)
{
    char *safe = utf8_safe(sentence, true);
    fprintf(stderr, "alongside %s: %s\n", command, safe);
    free(safe);
}

char *locate_record(const char *command, const char *caseload, const char *name)
{
    char *cause = NULL, *remark = NULL, *path = NULL;
    char *folder = caseload_folder(caseload, &cause);
    if (folder)
        path = caseload_find(folder, name, &remark, &cause);
    if (remark)
        locate_say(command, remark);
    if (!path)
        locate_say(command, cause);
    free(folder);
    free(remark);
    free(cause);
    return path;
}

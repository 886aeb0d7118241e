/* Playing a script: one line is read, done and saved before the next is looked at, so that another program
 * can feed it through a pipe and a power cut loses nothing that was done. */
#include "session/script.h"

#include "base/cause.h"
#include "base/mem.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

bool script_is_blank(const char *line)
{
    line += strspn(line, " \t\r\n");
    return *line == '\0' || *line == '#';
}

static json_t *intent_of(const char *line, size_t length, char **cause)
{
    json_error_t error;
    json_t *intent = json_loadb(line, length, JSON_REJECT_DUPLICATES, &error);
    if (!intent)
        cause_set(cause, "this is not a JSON object: %s (column %d).", error.text, error.column);
    return intent;
}

enum script_end script_do(struct session *s, const char *line, size_t length, struct script_count *count,
                          char **cause)
{
    if (strlen(line) == length && script_is_blank(line))
        return SCRIPT_DONE;
    json_t *intent = intent_of(line, length, cause);
    if (!intent)
        return SCRIPT_REFUSED;
    size_t before = assessment_events(session_assessment(s));
    enum script_end end = SCRIPT_DONE;
    if (!session_do(s, json_incref(intent), cause)) {
        /* Was it only the saving that failed? */
        end = session_read_only(s) || session_may(s, intent, NULL) ? SCRIPT_NOT_SAVED : SCRIPT_REFUSED;
    } else {
        if (session_trouble(s)) {
            cause_set(cause, "%s", session_trouble(s));
            end = SCRIPT_NOT_SAVED; /* and not counted: perhaps none of it is on the disk */
        } else {
            count->asked++;
            count->added += assessment_events(session_assessment(s)) - before - 1;
        }
    }
    json_decref(intent);
    return end;
}

/* Read a line of at most RECORD_MOST_LINE bytes, newline included; its length, 0 at the end, or -1 where it
 * is longer. */
static long read_line(FILE *in, char line[RECORD_MOST_LINE + 1])
{
    size_t length = 0;
    int c;
    while ((c = getc(in)) != EOF) {
        if (length == RECORD_MOST_LINE)
            return -1;
        line[length++] = (char)c;
        if (c == '\n')
            break;
    }
    line[length] = '\0';
    return (long)length;
}

enum script_end script_play(struct session *s, FILE *in, struct script_count *count, char **cause)
{
    char *line = xmalloc(RECORD_MOST_LINE + 1);
    enum script_end end = SCRIPT_DONE;
    long length;
    *count = (struct script_count){0};
    while (end == SCRIPT_DONE && (length = read_line(in, line)) != 0) {
        count->line++;
        if (length < 0) {
            cause_set(cause, "the line is too long: the most is %d bytes.", RECORD_MOST_LINE);
            end = SCRIPT_REFUSED;
            break;
        }
        if (line[length - 1] == '\n')
            line[--length] = '\0';
        end = script_do(s, line, (size_t)length, count, cause);
    }
    if (end == SCRIPT_DONE && ferror(in)) {
        cause_errno(cause, "it cannot be read on");
        end = SCRIPT_UNREADABLE;
    }
    free(line);
    return end;
}

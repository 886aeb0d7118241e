/* What a person can ask for: one table of name, keys and help, that the help screen, the footers, line mode's
 * words and the manual come from. */
#ifndef SESSION_REQUEST_H
#define SESSION_REQUEST_H

enum request {
    REQUEST_NONE,
    REQUEST_HELP,
    REQUEST_PASS, /* the keyboard to the other */
    REQUEST_UP,
    REQUEST_DOWN,
    REQUEST_PREVIOUS, /* question */
    REQUEST_NEXT,
    REQUEST_ACCEPT, /* Enter */
    REQUEST_BACK,   /* Esc */
    REQUEST_PICK,   /* a digit */
    REQUEST_MARK,   /* space: choose one of several */
    REQUEST_SOONER, /* a place up in an order */
    REQUEST_LESS_SOON,
    REQUEST_UNDO,
    REQUEST_REDO,
    REQUEST_TALK,
    REQUEST_REASON,
    REQUEST_EVIDENCE,
    REQUEST_GUIDANCE,
    REQUEST_NOTE,
    REQUEST_COME_BACK,
    REQUEST_SKIP,
    REQUEST_RAISE,
    REQUEST_BESIDE,   /* another way to see it, an offer, a statement */
    REQUEST_PRIVATE,  /* this answer is not to be seen before both are in */
    REQUEST_ADD,      /* an entry to a repeat */
    REQUEST_TAKE_OUT, /* an entry */
    REQUEST_MOVE,     /* an entry, in its list */
    REQUEST_LIST,     /* from within an entry to the list of them */
    REQUEST_CARD,     /* an entry about the question in front */
    REQUEST_DIFFERENCES,
    REQUEST_OVERVIEW,
    REQUEST_SERVICES, /* who can help with this */
    REQUEST_PLAN,     /* the lists made from the answers */
    REQUEST_DISTANCE, /* how far they have come */
    REQUEST_CYCLE,    /* all stages of the work */
    REQUEST_COMPLETE, /* what there is of this sitting */
    REQUEST_TIMELINE, /* all that has a day */
    REQUEST_PROMISES,
    REQUEST_SEARCH,
    REQUEST_SEARCH_NEXT,
    REQUEST_SEARCH_PREVIOUS,
    REQUEST_LEFT_CONFIRMS,
    REQUEST_RIGHT_CONFIRMS,
    REQUEST_KEPT,   /* what is kept about this question; again: all of it */
    REQUEST_RECORD, /* line mode: all of it */
    REQUEST_LANGUAGE,
    REQUEST_SIGN,
    REQUEST_COPY,   /* to take away, with its receipt code */
    REQUEST_PEOPLE, /* who is here, where they sit */
    REQUEST_CLOSE,  /* this sitting */
    REQUEST_RESCUE, /* save all of it to another place */
    REQUEST_RELOAD,
    REQUEST_LOCK,
    REQUEST_REDRAW,
    REQUEST_LEAVE,
    /* from here on those of the supervisor's browser */
    REQUEST_OPEN,
    REQUEST_STEP_BACK, /* to what was in view before */
    REQUEST_FILTER,
    REQUEST_FIND,
    REQUEST_FIND_NEXT,
    REQUEST_FIND_PREVIOUS,
    REQUEST_SORT, /* by the column at the cursor */
    REQUEST_SORT_BACK,
    REQUEST_GROUP,
    REQUEST_COLUMNS,
    REQUEST_COLUMN_LEFT,
    REQUEST_COLUMN_RIGHT,
    REQUEST_PAGE_UP,
    REQUEST_PAGE_DOWN,
    REQUEST_FIRST_ROW,
    REQUEST_LAST_ROW,
    REQUEST_MARK_ROW,
    REQUEST_ONLY_MARKED,
    REQUEST_NEXT_TABLE,
    REQUEST_TABLES,
    REQUEST_FIGURES,
    REQUEST_DEFINITION, /* of a figure */
    REQUEST_FLAGS,
    REQUEST_PICTURES,
    REQUEST_BROKEN, /* what could not be read */
    REQUEST_SAVE_VIEW,
    REQUEST_COMMENT,
    REQUEST_COACH,
    REQUEST_ANSWER, /* what was referred */
    REQUEST_COUNTERSIGN,
    REQUEST_HAND_OVER,
    REQUEST_STOP_READING,
    REQUESTS
};

struct request_info {
    const char *name;  /* "differences" */
    const char *keys;  /* their names, blanks between: "F1 ?" */
    const char *word;  /* what line mode takes: "d"; NULL: none */
    const char *label; /* in the footer: "Help" */
    const char *help;  /* one line */
};

/* By enum request. */
extern const struct request_info request_table[REQUESTS];

/* Where a request can be made. A key may stand for another one in each. */
enum request_where {
    WHERE_RECORD,   /* with an assessment in front */
    WHERE_REVIEW,   /* in the supervisor's browser */
    WHERE_ANYWHERE, /* in both */
};
enum request_where request_where(enum request request);

#endif

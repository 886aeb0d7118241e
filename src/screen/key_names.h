/* From a key to what is asked for with it. */
#ifndef SCREEN_KEY_NAMES_H
#define SCREEN_KEY_NAMES_H

#include "session/request.h"

/* The request that the table gives this key (term.h) there; REQUEST_NONE. */
enum request request_for_key(int key, enum request_where where);

#endif

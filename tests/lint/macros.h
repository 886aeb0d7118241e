/* What cppcheck, which does not read the libraries' headers, has to know of them: the macros that are no calls. */
#define json_object_foreach(object, key, value)                                                              \
    for ((key) = json_first(object); (key) && ((value) = json_of(key)); (key) = json_next(object, key))
#define json_array_foreach(array, index, value)                                                              \
    for ((index) = 0; (index) < json_array_size(array) && ((value) = json_array_get(array, index)); (index)++)
#define JSON_INTEGER_FORMAT "lld"
#define assert(condition) ((void)0)

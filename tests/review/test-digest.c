#include "check.h"
#include "base/mem.h"
#include "review/cases.h"
int main(void) { mem_init(); return 0; }

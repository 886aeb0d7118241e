/* Reads the command's name and hands over; nothing else. */
#include "base/mem.h"

int main(void)
{
    mem_init();
    return 0;
}

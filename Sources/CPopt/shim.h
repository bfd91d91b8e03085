#include <popt.h>

/* popt.h gives the name poptOption to a struct and to a pointer to it, which Swift cannot tell
   apart. */
typedef struct poptOption CPoptOption;

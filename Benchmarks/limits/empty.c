// The least that a process costs: what the start of any other program is compared with.
int main(void) { return 0; }

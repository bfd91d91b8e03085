import DriftCheckCore
import Glibc

// Where the linker has not made it the first step already.
CrashHandler.install()
// Without exit handlers: nothing is buffered, and OpenBLAS's would first end its thread.
_exit(DriftCheck.main(ProgramArguments.words).rawValue)

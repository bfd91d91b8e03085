import DriftCheckCore
import Glibc

// Without exit handlers: nothing is buffered, and OpenBLAS's would first end its thread.
_exit(DriftCheck.main(CommandLine.arguments).rawValue)

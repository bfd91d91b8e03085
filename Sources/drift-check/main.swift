import DriftCheckCore
import Glibc

exit(DriftCheck.main(CommandLine.arguments).rawValue)

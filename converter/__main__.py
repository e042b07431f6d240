import sys

from converter.cli import main

if __name__ == "__main__":  # workers of --jobs import this file again on some systems
    sys.exit(main())

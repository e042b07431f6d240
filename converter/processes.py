"""Where programs find `Processes`, the executor of docs/service.md."""

from converter.safe.processes import Processes as Processes

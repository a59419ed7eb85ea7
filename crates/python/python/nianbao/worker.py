"""The program of a worker process: reads documents that could take a process down, under limits of time and memory.

`python worker.py LIBRARY MEMORY CPU_TIME`, started by the package; it speaks over stdin and stdout. It loads the library
alone, by its path: neither the environment nor the working directory can bring in another one.
"""

import sys
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_file_location


def main(library: str, memory: str, cpu_time: str) -> None:
    spec = spec_from_file_location("_nianbao", library, loader=ExtensionFileLoader("_nianbao", library))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    module.serve(int(memory), int(cpu_time))


if __name__ == "__main__":
    main(*sys.argv[1:])

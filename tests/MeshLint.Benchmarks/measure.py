"""Runs commands in turn and says what each run cost; and is the calibrator that they are compared with.

measure.py COUNT < commands.json    [[wall s, CPU s, peak KiB, exit code], ...] for each command, as JSON
measure.py --events FOLDER          PyYAML's C parser (libyaml): every event of every .yaml and .yml file
measure.py --values FOLDER          the same with its C loader: every value
measure.py --name                   which versions these are

The system's own accounting of each process that ended (wait4) is what counts. CPU is user plus system.
A process is charged with the memory of the one that forked it, so peaks below some 10 MiB cannot be told.
"""
import json
import os
import sys
import time


def run(command, null):
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        os.dup2(null, 0)
        os.dup2(null, 1)
        os.dup2(null, 2)
        try:
            os.execvp(command[0], command)
        finally:
            os._exit(127)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    return [wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status)]


def measure(count):
    commands = json.load(sys.stdin)
    null = os.open(os.devnull, os.O_RDWR)
    results = [[] for _ in commands]
    for turn in range(count + 1):
        for command, found in zip(commands, results):
            outcome = run(command, null)
            # The first turn warms up.
            if turn > 0:
                found.append(outcome)
    json.dump(results, sys.stdout)


def calibrate(folder, values):
    import yaml

    for root, _, names in os.walk(folder):
        for name in names:
            if not name.endswith((".yaml", ".yml")):
                continue
            with open(os.path.join(root, name), "rb") as file:
                data = file.read()
            try:
                documents = yaml.load_all(data, yaml.CSafeLoader) if values else yaml.parse(data, yaml.CSafeLoader)
                for _ in documents:
                    pass
            except yaml.YAMLError:
                pass  # Templates are no YAML.


def main():
    if sys.argv[1] == "--name":
        import yaml

        print(f"PyYAML {yaml.__version__} with libyaml {yaml._yaml.get_version_string()}")
    elif sys.argv[1] in ("--events", "--values"):
        calibrate(sys.argv[2], sys.argv[1] == "--values")
    else:
        measure(int(sys.argv[1]))


main()

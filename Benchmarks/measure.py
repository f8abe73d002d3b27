"""Runs one command and prints what it took, as JSON: user, system, wall (seconds), rss (bytes), exit (null: too late).

    python3 -S -E measure.py TIMEOUT OUTPUT COMMAND…

A process of its own, because the kernel counts the memory of the process that forked towards the peak of the command:
this one holds about 10 MB, which is therefore the least that can be measured.
"""
import json
import os
import signal
import sys
import time


def main():
    timeout, output, command = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
    actions = [(os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
               (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
    start = time.monotonic()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions, setpgroup=0)
    late = []

    def stop(*_):
        late.append(True)
        os.killpg(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(timeout)
    _, status, usage = os.wait4(child, 0)
    wall = time.monotonic() - start
    signal.alarm(0)
    unit = 1 if sys.platform == "darwin" else 1024
    print(json.dumps({"user": round(usage.ru_utime, 4), "system": round(usage.ru_stime, 4), "wall": round(wall, 4),
                      "rss": usage.ru_maxrss * unit, "exit": None if late else os.waitstatus_to_exitcode(status)}))


main()

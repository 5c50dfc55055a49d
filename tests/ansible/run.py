#!/usr/bin/env python3
"""
The Ansible lane: python3 tests/ansible/run.py [RESULT_FILE] [NAME ...]

Runs the tests in this folder and writes "passed failed skipped" into the result file. Whoever has root and namespaces gets the
tests on hosts, too; the others are skipped by name. Needs Python 3.9 and, for all but the pure tests, ansible-core.
"""

import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
HOSTS = os.path.join(HERE, '..', 'hosts', 'hosts.sh')


def can_have_hosts():
    """Whether this machine lets us make hosts."""
    return os.geteuid() == 0 and subprocess.run([HOSTS, 'run', 'true'], capture_output=True, timeout=60, check=False).returncode == 0


def main(arguments):
    """Runs the tests, on the laptop where there are hosts."""
    if 'VRRPPS_HOSTS' not in os.environ and can_have_hosts():
        os.execv(HOSTS, [HOSTS, 'run', sys.executable, os.path.abspath(__file__), *(os.path.abspath(a) if i == 0 else a for i, a in enumerate(arguments))])
    sys.path.insert(0, HERE)
    loader = unittest.TestLoader()
    names = arguments[1:]
    suite = loader.loadTestsFromNames(names) if names else loader.discover(HERE, top_level_dir=HERE)
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    skipped = len(result.skipped)
    if arguments:
        with open(arguments[0], 'w', encoding='utf-8') as stream:
            print(result.testsRun - failed - skipped, failed, skipped, file=stream)
    return 1 if failed or result.testsRun == 0 else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))

"""What the tests share: the collection where Ansible looks for it, modules run as Ansible runs them, a stand-in for the program."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..'))
COLLECTION = os.path.join(ROOT, 'ansible')

# Debian's ansible-core belongs to the system's Python, whichever is first on the PATH.
PYTHON = next((p for p in ('/usr/bin/python3', sys.executable) if os.path.exists(p) and subprocess.run(
    [p, '-c', 'import ansible'], capture_output=True, check=False).returncode == 0), None)

needs_ansible = unittest.skipIf(PYTHON is None, 'ansible-core is not installed')
needs_hosts = unittest.skipUnless('VRRPPS_HOSTS' in os.environ and PYTHON, 'needs root, network namespaces and ansible-core')


def linked_collection(where):
    """A collection path below `where` with this collection in it."""
    path = os.path.join(where, 'collections')
    os.makedirs(os.path.join(path, 'ansible_collections', 'vrrpps'))
    os.symlink(COLLECTION, os.path.join(path, 'ansible_collections', 'vrrpps', 'vrrp'))
    return path


class ModuleTest(unittest.TestCase):
    """Runs modules in processes of their own, with their options on standard input, as Ansible does."""

    def setUp(self):
        self.directory = tempfile.mkdtemp(prefix='vrrpps-ansible-')
        self.addCleanup(shutil.rmtree, self.directory)
        self.collections = linked_collection(self.directory)
        self.config = os.path.join(self.directory, 'etc', 'vrrpps')

    def run_module(self, name, options, check_mode=False, diff=True):
        """Its result as a dictionary, and the whole of what it printed."""
        arguments = {'ANSIBLE_MODULE_ARGS': {**options, '_ansible_check_mode': check_mode, '_ansible_diff': diff, '_ansible_remote_tmp': self.directory}}
        process = subprocess.run(
            [PYTHON, '-B', os.path.join(COLLECTION, 'plugins', 'modules', name + '.py')], input=json.dumps(arguments), text=True, capture_output=True,
            env={**os.environ, 'PYTHONPATH': self.collections}, timeout=60, check=False)
        self.assertIn(process.returncode, (0, 1), process.stderr)
        result = json.loads(process.stdout)
        result.pop('invocation', None) if 'failed' not in result else None
        return result, process.stdout + process.stderr

    def program(self, text):
        """A shell script in the place of vrrpps."""
        path = os.path.join(self.directory, 'vrrpps')
        with open(path, 'w', encoding='utf-8') as stream:
            stream.write('#!/bin/sh\n' + text)
        os.chmod(path, 0o755)
        return path

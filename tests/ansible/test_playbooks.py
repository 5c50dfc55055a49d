"""The example playbooks on three hosts and a client, with the program that was built. One story; each test goes on from the one before."""

import json
import os
import re
import shutil
import signal
import subprocess
import tarfile
import tempfile
import time
import unittest

from support import COLLECTION, PYTHON, ROOT, needs_hosts

NODES = ('node1', 'node2', 'node3')
ADDRESS = '192.168.31.250'
PROGRAM = os.path.join(ROOT, 'src', 'VrrpPS.Tool', 'bin', 'Release', 'net10.0')
DAEMON = os.path.join(ROOT, 'src', 'VrrpPS.Daemon', 'bin', 'Release', 'net10.0')


class Client:
    """Pings the address all the time. What counts is how many answers in a row are missing: a busy machine delays, an outage loses."""

    INTERVAL = 0.02

    def __enter__(self):
        self._ping = subprocess.Popen(['ping', '-n', '-i', str(self.INTERVAL), ADDRESS], stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *unused):
        self._ping.send_signal(signal.SIGINT)
        output = self._ping.communicate(timeout=30)[0]
        answered = sorted({int(number) for number in re.findall(r'bytes from .* icmp_seq=(\d+)', output)})
        self.answers = len(answered)
        # The answer to the last one may still be on its way.
        self.silence = max((second - first - 1 for first, second in zip(answered, answered[1:])), default=self.answers) * self.INTERVAL


@needs_hosts
class PlaybookTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not os.path.exists(os.path.join(PROGRAM, 'vrrpps')):
            raise unittest.SkipTest(f'vrrpps is not built: {PROGRAM}')
        cls.directory = tempfile.mkdtemp(prefix='vrrpps-playbooks-')
        cls.addClassCleanup(shutil.rmtree, cls.directory)
        cls.make_inventory()
        cls.install_collection()
        cls.packages = [cls.make_package(number) for number in (1, 2)]

    @classmethod
    def make_inventory(cls):
        """The example's inventory, and how its hosts are reached: Python runs on them, the files for it come by way of /tmp."""
        inventory = os.path.join(cls.directory, 'inventory')
        os.makedirs(os.path.join(inventory, 'group_vars'))
        shutil.copy(os.path.join(COLLECTION, 'playbooks', 'inventory.yml'), inventory)
        for node in NODES:
            wrapper = os.path.join(cls.directory, node + '-python')
            with open(wrapper, 'w', encoding='utf-8') as stream:
                stream.write(f'#!/bin/sh\nexec {os.environ["VRRPPS_HOSTS"]}/bin/{node} {PYTHON} "$@"\n')
            os.chmod(wrapper, 0o755)
        with open(os.path.join(inventory, 'group_vars', 'all.json'), 'w', encoding='utf-8') as stream:
            json.dump({
                'ansible_connection': 'local',
                'ansible_python_interpreter': cls.directory + '/{{ inventory_hostname }}-python',
                'ansible_remote_tmp': cls.directory + '/tmp',
            }, stream)
        cls.inventory = inventory

    @classmethod
    def install_collection(cls):
        """As a user does: built, then installed from the archive."""
        environment = {**os.environ, 'ANSIBLE_LOCAL_TEMP': cls.directory + '/local', 'ANSIBLE_HOME': cls.directory + '/home'}
        for command in (
                ['ansible-galaxy', 'collection', 'build', COLLECTION, '--output-path', cls.directory],
                ['ansible-galaxy', 'collection', 'install', cls.directory + '/vrrpps-vrrp-0.1.0.tar.gz', '--no-deps', '-p', cls.directory + '/collections']):
            subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=120)
        cls.playbooks = cls.directory + '/collections/ansible_collections/vrrpps/vrrp/playbooks'

    @classmethod
    def make_package(cls, number):
        """An archive as ./build.sh package makes them; the number makes two versions of it."""
        path = os.path.join(cls.directory, f'vrrpps-0.1.0-linux-x64-{number}.tar.gz')
        with tarfile.open(path, 'w:gz', compresslevel=1) as archive:
            for folder, first in ((PROGRAM, ''), (DAEMON, 'vrrppsd')):
                for entry in sorted(os.listdir(folder)):
                    if entry.startswith(first) and not entry.endswith(('.pdb', '.xml')):
                        archive.add(os.path.join(folder, entry), f'vrrpps-0.1.0-linux-x64/{entry}')
            notes = os.path.join(cls.directory, 'NOTES')
            with open(notes, 'w', encoding='utf-8') as stream:
                print(number, file=stream)
            archive.add(notes, 'vrrpps-0.1.0-linux-x64/NOTES')
        return path

    def play(self, book='scenario.yml', *arguments, package=0, check=True, **variables):
        """Runs a playbook. Returns what changed by host, and the output."""
        variables.setdefault('vrrpps_package', self.packages[package])
        process = subprocess.run(
            ['ansible-playbook', '-i', self.inventory, os.path.join(self.playbooks, book), '-e', json.dumps(variables), *arguments],
            env={
                **os.environ, 'ANSIBLE_COLLECTIONS_PATH': self.directory + '/collections', 'ANSIBLE_COLLECTIONS_PATHS': self.directory + '/collections',
                'ANSIBLE_PIPELINING': '1', 'ANSIBLE_HOME': self.directory + '/home', 'ANSIBLE_LOCAL_TEMP': self.directory + '/local', 'ANSIBLE_NOCOLOR': '1',
                'ANSIBLE_RETRY_FILES_ENABLED': '0', 'ANSIBLE_LOCALHOST_WARNING': '0',
            },
            capture_output=True, text=True, timeout=240, check=False)
        output = process.stdout + process.stderr
        if check:
            self.assertEqual(process.returncode, 0, output)
        recap = {m[1]: int(m[2]) for m in re.finditer(r'^(\w+) +: ok=\d+ +changed=(\d+)', output, re.MULTILINE)}
        return recap, output

    def on(self, node, *command):
        return subprocess.run([os.environ['VRRPPS_HOSTS'] + '/bin/' + node, *command], capture_output=True, text=True, timeout=60, check=True).stdout

    def holders(self):
        return [node for node in NODES if self.on(node, 'ip', '-oneline', 'address', 'show', 'to', ADDRESS)]

    def main_ids(self):
        return {node: self.on(node, 'systemctl', 'show', 'vrrpps', '--property=MainPID', '--value').strip() for node in NODES}

    def wait_for_holder(self, node):
        deadline = time.monotonic() + 20
        while self.holders() != [node] and time.monotonic() < deadline:
            pass
        self.assertEqual(self.holders(), [node])

    def test_1_check_mode_on_fresh_hosts_changes_nothing(self):
        recap, output = self.play('scenario.yml', '--check', '--diff', at_once=3)
        self.assertTrue(all(recap[node] > 0 for node in NODES), output)
        self.assertIn('"priority": 199', output)
        for node in NODES:
            self.assertEqual(self.on(node, 'sh', '-c', 'ls -d /etc/vrrpps /opt/vrrpps /usr/local/bin/vrrpps /etc/systemd/system/vrrpps.service 2>/dev/null || true'), '')

    def test_2_first_run_brings_the_address_up(self):
        self.play(at_once=3)
        self.wait_for_holder('node1')
        self.assertEqual(subprocess.run(['ping', '-c', '1', '-W', '2', ADDRESS], stdout=subprocess.DEVNULL, check=False).returncode, 0)
        self.assertEqual(self.on('node2', 'systemctl', 'is-enabled', 'vrrpps').strip(), 'enabled')

    def test_3_check_mode_tells_a_change_and_does_not_make_it(self):
        recap, output = self.play('scenario.yml', '--check', '--diff', '--limit', 'node1', vrrp_priority=150)
        self.assertEqual(recap, {'node1': 2}, output)
        self.assertRegex(output, r'-\s+"priority": 200,\n\+\s+"priority": 150,')
        self.assertIn('"priority": 200', self.on('node1', 'cat', '/etc/vrrpps/VRRP1.json'))

    def test_4_second_run_reports_no_change(self):
        before = self.main_ids()
        recap, output = self.play(at_once=3)
        self.assertEqual(recap, dict.fromkeys(NODES, 0), output)
        self.assertEqual(self.main_ids(), before)

    def test_5_a_change_of_the_configuration_reloads_and_restarts_nothing(self):
        before = self.main_ids()
        with Client() as client:
            recap, output = self.play('scenario.yml', '--limit', 'node1', vrrp_priority=210)
        self.assertEqual(recap, {'node1': 2}, output)
        self.assertEqual(self.main_ids(), before)
        state = json.loads(self.on('node1', '/usr/local/bin/vrrpps', 'state', '--json'))
        self.assertIn('"priority": 210', json.dumps(state))
        self.assertGreater(client.answers, 50)
        self.assertLess(client.silence, 1, 'the address was silent')

    def test_6_a_new_package_goes_round_without_an_outage(self):
        before = self.main_ids()
        with Client() as client:
            self.play(package=1)
            self.wait_for_holder('node1')
        after = self.main_ids()
        for node in NODES:
            self.assertNotEqual(after[node], before[node])
            # "vrrpps run" has become vrrppsd beside it.
            program = self.on(node, 'readlink', f'/proc/{after[node]}/exe').strip()
            self.assertEqual(self.on(node, 'readlink', '-f', '/usr/local/bin/vrrpps').strip() + 'd', program)
        # A Master that dies is missed for more than three seconds; a planned change must not come near.
        self.assertGreater(client.answers, 50)
        self.assertLess(client.silence, 1, 'the address was silent')

    def test_7_hand_over_and_back(self):
        self.play('handover.yml', '--limit', 'node1', where='away')
        self.wait_for_holder('node2')
        self.assertEqual(self.play('handover.yml', '--limit', 'node1', where='away')[0], {'node1': 0})
        self.play('handover.yml', '--limit', 'node1', where='back')
        self.wait_for_holder('node1')

    def test_8_a_refused_configuration_is_not_written_and_stops_the_play(self):
        before = self.on('node1', 'cat', '/etc/vrrpps/VRRP1.json')
        recap, output = self.play(package=1, check=False, vrrp_priority=300)
        self.assertIn('vrrpps check refuses', output)
        self.assertNotIn('node2', recap, 'the play went on with the next host')
        self.assertEqual(self.on('node1', 'cat', '/etc/vrrpps/VRRP1.json'), before)
        self.assertEqual(self.holders(), ['node1'])

    def test_9_without_a_successor_nothing_is_restarted_and_no_output_shows_a_secret(self):
        for node in ('node2', 'node3'):
            self.on(node, 'systemctl', 'stop', 'vrrpps')
        before = self.main_ids()
        recap, output = self.play('scenario.yml', '--limit', 'node1', '-vvv', '--diff', check=False, vrrpps_secrets={'VRRP1': {'authentication_pass': 'Zebra-41'}})
        self.assertIn('NoSuccessor', output)
        self.assertEqual(self.main_ids()['node1'], before['node1'])
        self.assertEqual(self.holders(), ['node1'])
        self.assertIn('Zebra-41', self.on('node1', 'cat', '/etc/vrrpps/VRRP1.json'))
        self.assertIn('<hidden>', output)
        # The variable itself is on the command line of this test.
        shown = output.replace(json.dumps({'authentication_pass': 'Zebra-41'}), '')
        self.assertNotIn('Zebra-41', shown)

    def test_a_alone_it_restarts_when_it_is_told_to(self):
        before = self.main_ids()
        self.play('scenario.yml', '--limit', 'node1', package=1, vrrpps_restart_alone=True)
        self.assertNotEqual(self.main_ids()['node1'], before['node1'])
        self.wait_for_holder('node1')

    def test_b_purge_removes_what_no_instance_accounts_for_and_only_then(self):
        for node in ('node2', 'node3'):
            self.on(node, 'systemctl', 'start', 'vrrpps')
        self.on('node1', 'sh', '-c', 'sed "s/VRRP1/old/; s/41/42/; s/31\\.250/31.251/" /etc/vrrpps/VRRP1.json > /etc/vrrpps/old.json; echo "# by hand" > /etc/vrrpps/notes.conf')
        self.on('node1', 'systemctl', 'reload', 'vrrpps')

        def fragments():
            return sorted(os.path.basename(path) for path in self.on('node1', 'sh', '-c', 'ls /etc/vrrpps/*').split())

        self.assertEqual(self.play('scenario.yml', '--limit', 'node1', package=1)[0], {'node1': 0})
        self.assertEqual(fragments(), ['VRRP1.json', 'notes.conf', 'old.json'])
        self.play('scenario.yml', '--limit', 'node1', '--check', package=1, vrrpps_purge=True)
        self.assertEqual(fragments(), ['VRRP1.json', 'notes.conf', 'old.json'])

        self.play('scenario.yml', '--limit', 'node1', package=1, vrrpps_purge=True)
        self.assertEqual(fragments(), ['VRRP1.json'])
        states = json.loads(self.on('node1', '/usr/local/bin/vrrpps', 'state', '--json'))['states']
        self.assertEqual([state['name'] for state in states], ['VRRP1'])
        self.wait_for_holder('node1')
        self.assertEqual(self.play('scenario.yml', '--limit', 'node1', package=1, vrrpps_purge=True)[0], {'node1': 0})

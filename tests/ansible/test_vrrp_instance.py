"""vrrp_instance, run as Ansible runs it; a script stands in for vrrpps, the real one is asked on hosts (test_playbooks)."""

import json
import os
import stat

from support import ModuleTest, needs_ansible

GOOD = {
    'name': 'VRRP1', 'interface_name': 'ens33', 'virtual_router_id': 41, 'priority': 200, 'virtual_addresses': ['192.168.31.250/24'],
}


@needs_ansible
class InstanceTest(ModuleTest):
    def options(self, program='exit 0\n', **changes):
        return {**GOOD, 'config_directory': self.config, 'executable': self.program(program), **changes}

    def path(self, name='VRRP1.json'):
        return os.path.join(self.config, name)

    def document(self):
        with open(self.path(), encoding='utf-8') as stream:
            return json.load(stream)

    def test_writes_once(self):
        first, _ = self.run_module('vrrp_instance', self.options())
        self.assertTrue(first['changed'])
        self.assertEqual(self.document(), {'instances': [{
            'name': 'VRRP1', 'interfaceName': 'ens33', 'virtualRouterId': 41, 'priority': 200, 'virtualAddresses': ['192.168.31.250/24']}]})
        self.assertEqual(stat.S_IMODE(os.stat(self.path()).st_mode), 0o600)
        self.assertEqual(os.listdir(self.config), ['VRRP1.json'])
        inode = os.stat(self.path()).st_ino
        second, _ = self.run_module('vrrp_instance', self.options())
        self.assertFalse(second['changed'])
        self.assertNotIn('diff', second)
        self.assertEqual(os.stat(self.path()).st_ino, inode)

    def test_another_layout_of_the_same_is_no_change(self):
        self.run_module('vrrp_instance', self.options())
        text = json.dumps(self.document(), sort_keys=True)
        with open(self.path(), 'w', encoding='utf-8') as stream:
            stream.write(text)
        self.assertFalse(self.run_module('vrrp_instance', self.options())[0]['changed'])

    def test_check_mode_changes_nothing_and_tells_the_difference(self):
        self.run_module('vrrp_instance', self.options())
        before = self.document()
        result, _ = self.run_module('vrrp_instance', self.options(priority=150), check_mode=True)
        self.assertTrue(result['changed'])
        self.assertIn('"priority": 200', result['diff']['before'])
        self.assertIn('"priority": 150', result['diff']['after'])
        self.assertEqual(self.document(), before)

    def test_check_mode_makes_no_directory(self):
        self.assertTrue(self.run_module('vrrp_instance', self.options(), check_mode=True)[0]['changed'])
        self.assertFalse(os.path.exists(self.config))

    def test_what_check_refuses_is_not_written(self):
        refuse = 'echo "$3/VRRP1.json:3:5: no such thing" >&2; exit 1\n'
        for check_mode in (True, False):
            result, _ = self.run_module('vrrp_instance', self.options(refuse), check_mode=check_mode)
            self.assertTrue(result['failed'])
            self.assertIn(self.path() + ':3:5: no such thing', result['msg'])
        self.assertFalse(os.path.exists(self.path()))

    def test_check_sees_the_directory_as_it_would_be(self):
        self.run_module('vrrp_instance', self.options())
        seen = os.path.join(self.directory, 'seen')
        look = f'[ "$1 $2" = "check --config" ] || exit 9\ncat "$3"/* > {seen}; ls "$3" >> {seen}\n'
        self.run_module('vrrp_instance', self.options(look, name='other', virtual_router_id=42))
        with open(seen, encoding='utf-8') as stream:
            text = stream.read()
        for part in ('"virtualRouterId": 41', '"virtualRouterId": 42', 'VRRP1.json\nother.json'):
            self.assertIn(part, text)

    def test_warnings_of_check_are_told(self):
        result, _ = self.run_module('vrrp_instance', self.options('echo "$3/VRRP1.json:1:1: warning: hm" >&2\n'))
        self.assertEqual(result['check'], [self.path() + ':1:1: warning: hm'])

    def test_without_the_program_only_check_mode_goes_on(self):
        options = {**self.options(), 'executable': os.path.join(self.directory, 'nowhere')}
        refused, _ = self.run_module('vrrp_instance', options)
        self.assertIn('not found', refused['msg'])
        foreseen, _ = self.run_module('vrrp_instance', options, check_mode=True)
        self.assertTrue(foreseen['changed'])
        self.assertIn('could not be checked', foreseen['warnings'][0])
        self.assertTrue(self.run_module('vrrp_instance', {**options, 'validate': False})[0]['changed'])

    def test_absent_removes_once(self):
        self.run_module('vrrp_instance', self.options())
        self.run_module('vrrp_instance', self.options(name='other', virtual_router_id=42))
        options = self.options()
        for option in ('interface_name', 'virtual_router_id', 'virtual_addresses', 'priority'):
            del options[option]
        foreseen, _ = self.run_module('vrrp_instance', {**options, 'state': 'absent'}, check_mode=True)
        self.assertTrue(foreseen['changed'] and os.path.exists(self.path()))
        result, _ = self.run_module('vrrp_instance', {**options, 'state': 'absent'})
        self.assertTrue(result['changed'])
        self.assertIn('"priority": 200', result['diff']['before'])
        self.assertEqual(os.listdir(self.config), ['other.json'])
        self.assertFalse(self.run_module('vrrp_instance', {**options, 'state': 'absent'})[0]['changed'])

    def test_the_last_fragment_goes_with_a_warning(self):
        self.run_module('vrrp_instance', self.options())
        result, _ = self.run_module('vrrp_instance', self.options('exit 1\n', state='absent'))
        self.assertTrue(result['changed'])
        self.assertIn('last fragment', result['warnings'][0])

    def test_passwords_are_shown_nowhere(self):
        first, printed = self.run_module('vrrp_instance', self.options(version=2, authentication_pass='Zebra-41'))
        self.assertEqual(self.document()['instances'][0]['authenticationPass'], 'Zebra-41')
        self.assertIn('"authenticationPass": "<hidden>"', first['diff']['after'])
        self.assertNotIn('Zebra-41', printed)
        second, printed = self.run_module('vrrp_instance', self.options(version=2, authentication_pass='Okapi-42'))
        self.assertTrue(second['changed'])
        self.assertIn('<hidden, changed>', second['diff']['after'])
        for word in ('Zebra-41', 'Okapi-42'):
            self.assertNotIn(word, printed)

    def test_keys_are_shown_nowhere_even_when_check_refuses(self):
        key = 'k' * 31 + 'Q'
        hmac = {'active_key': 1, 'anti_replay': 'monotonic', 'keys': [{'id': 1, 'key': key}, {'id': 2, 'key_file': 'second.key'}]}
        _, printed = self.run_module('vrrp_instance', self.options('cat "$3"/*; cat "$3"/* >&2; exit 1\n', hmac=hmac))
        self.assertNotIn(key, printed)
        self.run_module('vrrp_instance', self.options(hmac=hmac))
        self.assertEqual(self.document()['instances'][0]['hmac'], {
            'keys': [{'id': 1, 'key': key}, {'id': 2, 'keyFile': 'second.key'}], 'activeKey': 1, 'antiReplay': 'monotonic'})

    def test_secrets_in_free_objects_are_refused_and_not_repeated(self):
        for option, value in (('settings', {'authenticationPass': 'Zebra-41'}), ('notification', {'mail': {'password': 'Zebra-41'}})):
            result, printed = self.run_module('vrrp_instance', self.options(**{option: value}))
            self.assertTrue(result['failed'], option)
            self.assertNotIn('Zebra-41', printed)

    def test_settings_carry_the_rest_and_nothing_that_has_an_option(self):
        self.run_module('vrrp_instance', self.options(settings={'strict': True, 'downTimerAdverts': 2}))
        self.assertEqual(self.document()['instances'][0]['downTimerAdverts'], 2)
        self.assertIn("'priority'", self.run_module('vrrp_instance', self.options(settings={'priority': 1}))[0]['msg'])

    def test_objects_keep_the_names_of_the_schema(self):
        tracker = {'http': 'http://127.0.0.1:8080/', 'expectStatus': '200', 'fall': 2}
        address = {'address': '192.0.2.1/24', 'skipAsSource': True}
        self.run_module('vrrp_instance', self.options(trackers=[tracker], virtual_addresses=[address, '192.0.2.2']))
        instance = self.document()['instances'][0]
        self.assertEqual(instance['trackers'], [tracker])
        self.assertEqual(instance['virtualAddresses'], [address, '192.0.2.2'])

    def test_permissions_are_part_of_the_state(self):
        self.run_module('vrrp_instance', self.options())
        os.chmod(self.path(), 0o644)
        foreseen, _ = self.run_module('vrrp_instance', self.options(), check_mode=True)
        self.assertEqual((foreseen['changed'], foreseen['diff']['before']['mode'], foreseen['diff']['after']['mode']), (True, '0644', '0600'))
        self.assertEqual(stat.S_IMODE(os.stat(self.path()).st_mode), 0o644)
        self.assertTrue(self.run_module('vrrp_instance', self.options())[0]['changed'])
        self.assertEqual(stat.S_IMODE(os.stat(self.path()).st_mode), 0o600)
        self.assertTrue(self.run_module('vrrp_instance', self.options(priority=1, mode='0640'))[0]['changed'])
        self.assertEqual(stat.S_IMODE(os.stat(self.path()).st_mode), 0o640)

    def test_what_is_missing_is_named(self):
        result, _ = self.run_module('vrrp_instance', {'name': 'A', 'config_directory': self.config})
        self.assertIn('interface_name', result['msg'])
        self.assertIn('cannot name a file', self.run_module('vrrp_instance', self.options(name='../x'))[0]['msg'])
        self.assertIn('octal', self.run_module('vrrp_instance', self.options(mode='rw'))[0]['msg'])

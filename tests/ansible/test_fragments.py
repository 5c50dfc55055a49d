"""Fragments: names, texts, and what is shown of secrets."""

import importlib.util
import json
import os
import tempfile
import unittest

from support import COLLECTION, ROOT

spec = importlib.util.spec_from_file_location('fragments', os.path.join(COLLECTION, 'plugins', 'module_utils', 'fragments.py'))
fragments = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fragments)


class FragmentsTest(unittest.TestCase):
    def test_options_are_named_as_the_schema_has_them(self):
        with open(os.path.join(ROOT, 'docs', 'schema', 'vrrpps.schema.json'), encoding='utf-8') as stream:
            definitions = json.load(stream)['$defs']
        with open(os.path.join(COLLECTION, 'plugins', 'modules', 'vrrp_instance.py'), encoding='utf-8') as stream:
            text = stream.read()
        table = text[text.index('INSTANCE_OPTIONS = {'):text.index('OTHER_OPTIONS = {')]
        space = {}
        exec(table, space)  # pylint: disable=exec-used
        options = space['INSTANCE_OPTIONS']
        self.assertGreater(len(options), 20)
        for option in options:
            self.assertIn(fragments.camel_case(option), definitions['instance']['properties'])
        for option in options['hmac']['options']:
            self.assertIn(fragments.camel_case(option), definitions['hmac']['properties'])
        for option in options['hmac']['options']['keys']['options']:
            self.assertIn(fragments.camel_case(option), definitions['hmacKey']['properties'])

    def test_every_secret_of_the_schema_is_known(self):
        with open(os.path.join(ROOT, 'docs', 'schema', 'vrrpps.schema.json'), encoding='utf-8') as stream:
            definitions = json.load(stream)['$defs']
        with_file = {name for definition in definitions.values() for name in definition.get('properties', {}) if name + 'File' in definition['properties']}
        self.assertEqual(with_file, set(fragments.SECRET_MEMBERS))

    def test_names_that_would_leave_the_directory_are_no_files(self):
        self.assertEqual(fragments.file_name('VRRP1'), 'VRRP1.json')
        self.assertEqual(fragments.file_name('eth0-41-v4'), 'eth0-41-v4.json')
        for name in ('', '.hidden', '../x', 'a/b', 'a b', '-x', 'x' * 250):
            self.assertIsNone(fragments.file_name(name), name)

    def test_secrets_tell_only_whether_they_changed(self):
        old = {'instances': [{'name': 'A', 'authenticationPass': 'one', 'hmac': {'keys': [{'id': 1, 'key': 'k1'}, {'id': 2, 'key': 'k2'}]}}]}
        new = {'instances': [{'name': 'A', 'authenticationPass': 'two', 'hmac': {'keys': [{'id': 1, 'key': 'k1'}, {'id': 2, 'key': 'k3'}]}}]}
        before, after = fragments.hide(old, is_before=True), fragments.hide(new, old)
        self.assertEqual(fragments.secret_values(before), ['<hidden>'] * 3)
        self.assertEqual(fragments.secret_values(after), ['<hidden, changed>', '<hidden>', '<hidden, changed>'])
        self.assertEqual(after['instances'][0]['name'], 'A')

    def test_secrets_in_a_text_with_comments_are_hidden(self):
        text = '// mine\n{"instances": [{"authenticationPass" : "a\\"b", "key": "x", "keyFile": "f"}]}'
        shown = fragments.hide_text(text)
        self.assertIsNone(fragments.parse(text))
        self.assertNotIn('a\\"b', shown)
        self.assertNotIn('"x"', shown)
        self.assertIn('"keyFile": "f"', shown)
        self.assertIn('// mine', shown)

    def test_candidate_has_the_other_fragments_and_what_they_refer_to(self):
        with tempfile.TemporaryDirectory() as directory:
            for name, text in (('a.json', 'A'), ('b.conf', 'B'), ('key', 'secret'), ('.hidden.json', 'H')):
                with open(os.path.join(directory, name), 'w', encoding='utf-8') as stream:
                    stream.write(text)
            with tempfile.TemporaryDirectory() as where:
                copy = fragments.candidate(directory, 'a.json', 'new', where)
                self.assertEqual(sorted(os.listdir(copy)), ['.hidden.json', 'a.json', 'b.conf', 'key'])
                self.assertEqual(fragments.read(os.path.join(copy, 'a.json')), 'new')
                self.assertEqual(fragments.read(os.path.join(copy, 'key')), 'secret')
                self.assertFalse(os.path.islink(os.path.join(copy, 'b.conf')))
                self.assertEqual(os.stat(os.path.join(copy, 'a.json')).st_mode & 0o777, 0o600)
            self.assertEqual(fragments.others(directory, 'a.json'), ['b.conf'])


if __name__ == '__main__':
    unittest.main()

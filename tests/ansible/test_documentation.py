"""What ansible-doc shows: every module can be read, and says of every option what it is."""

import json
import os
import re
import subprocess

from support import COLLECTION, ModuleTest, needs_ansible


@needs_ansible
class DocumentationTest(ModuleTest):
    def test_every_module_and_option_is_described(self):
        names = sorted(file[:-3] for file in os.listdir(os.path.join(COLLECTION, 'plugins', 'modules')) if file.endswith('.py'))
        self.assertEqual(len(names), 4)
        answer = subprocess.run(
            ['ansible-doc', '--json', *('vrrpps.vrrp.' + name for name in names)], capture_output=True, text=True, timeout=60, check=True,
            env={**os.environ, 'ANSIBLE_COLLECTIONS_PATHS': self.collections, 'ANSIBLE_COLLECTIONS_PATH': self.collections})
        documents = json.loads(answer.stdout)
        for name in names:
            document = documents['vrrpps.vrrp.' + name]
            self.assertTrue(document['examples'] and document['return'], name)
            with open(os.path.join(COLLECTION, 'plugins', 'modules', name + '.py'), encoding='utf-8') as stream:
                text = stream.read()
            # The tables of arguments: an option is 'name': {'type': ..., or begins a line of its own.
            accepted = set(re.findall(r"'(\w+)': \{\s*'type'", text))
            described = dict(document['doc']['options'])
            for description in document['doc']['options'].values():
                described.update(description.get('suboptions') or {})
            if 'keys' in described:
                described.update(described['keys']['suboptions'])
            self.assertEqual(accepted, set(described), name)
            for option, description in described.items():
                self.assertTrue(description['description'], option)

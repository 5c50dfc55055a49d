#!/usr/bin/python
# Copyright: the VrrpPS authors. MIT license: see LICENSE in the project's root.

from __future__ import annotations

DOCUMENTATION = r'''
module: vrrp_instance
short_description: A virtual router in the configuration of the service vrrpps
version_added: 0.1.0
author: The VrrpPS authors
description:
  - Writes one instance as a file of its own, C(NAME.json), into the service's configuration directory, or removes it.
  - Before it replaces anything, C(vrrpps check) judges the whole directory as it would be; what it refuses is not written.
  - The running service is not told. Notify a handler that reloads it; a reload changes what differs and drops no address.
  - Nothing is changed where the file already says the same, whatever its layout.
options:
  name:
    description: The instance's name, which also names its file.
    type: str
    required: true
  state:
    description: Whether the instance is configured.
    type: str
    choices: [present, absent]
    default: present
  interface_name:
    description: The interface that carries the advertisements. Needed when I(state=present).
    type: str
    aliases: [interface]
  virtual_router_id:
    description: The virtual router's number on this interface, 1 to 255. Needed when I(state=present).
    type: int
    aliases: [vrid]
  virtual_addresses:
    description:
      - The virtual addresses, such as C(192.0.2.1/24); options may follow as in C(ip address add).
      - An element may also be an object with the members that the configuration's schema has for one.
      - Needed when I(state=present).
    type: list
    elements: raw
    aliases: [vip]
  version:
    description: VRRP's version. The service's default is 3; keepalived speaks 2 unless told otherwise.
    type: int
    choices: [2, 3]
  priority:
    description: 1 to 254, or 255 for the owner of the addresses. The service's default is 100.
    type: int
  advertisement_interval:
    description: How often the Master advertises, such as C(1s) or C(100ms).
    type: str
  preempt:
    description: Whether the node takes the role from a Master of lower priority.
    type: bool
  preempt_delay:
    description: How long it waits before it does.
    type: str
  startup_delay:
    description: How long it only listens after its start.
    type: str
  unicast_peers:
    description: The other nodes, where there is no multicast between them.
    type: list
    elements: str
  allowed_peers:
    description: Sources that are believed; everybody else is discarded and counted.
    type: list
    elements: str
  source_address:
    description: The address that advertisements come from.
    type: str
  authentication_pass:
    description: The password of version 2, at most 8 bytes. No output shows it.
    type: str
  authentication_pass_file:
    description: A file on the node that holds the password, relative to the configuration directory.
    type: str
  authentication_type:
    description: What the password is for.
    type: str
    choices: [PASS, AH]
  hmac:
    description: Signed advertisements, as keepalived 2.4 calls C(auth_hmac).
    type: dict
    suboptions:
      keys:
        description: The keys; the same number means the same key on every node.
        type: list
        elements: dict
        required: true
        suboptions:
          id:
            description: The number that advertisements name, 1 to 255.
            type: int
            required: true
          key:
            description: The key, or C(hex:) and its digits. No output shows it.
            type: str
          key_file:
            description: A file on the node that holds what I(key) would.
            type: str
      active_key:
        description: The number of the key that signs.
        type: int
        required: true
      mode:
        description: What is done with advertisements that are not signed.
        type: str
        choices: [enforce, permissive, receive-only]
      anti_replay:
        description: How old advertisements are told from new ones.
        type: str
        choices: [time, monotonic]
      time_window:
        description: How far clocks may differ.
        type: str
  sync_group:
    description: The group whose members change their roles together.
    type: str
  track_interfaces:
    description: Interfaces without which the instance is in Fault.
    type: list
    elements: str
  trackers:
    description: 'Health checks, as objects with the members of the configuration''s schema, such as C({"tcp": "127.0.0.1:443"}).'
    type: list
    elements: raw
  address_lease:
    description: How long the kernel keeps an address that nobody renews.
    type: str
  no_address_lease:
    description: Whether addresses are bound for ever.
    type: bool
  notification:
    description:
      - Who is told what, as the configuration's schema has it.
      - A password does not belong here; C(passwordFile) names a file that holds one.
    type: dict
  settings:
    description:
      - 'Every other member of an instance, named as in the configuration''s schema, such as C({"strict": true}).'
      - What has an option of its own is refused here, and so is every secret.
    type: dict
    default: {}
  config_directory:
    description: The service's configuration directory. It is made where it is missing.
    type: path
    default: /etc/vrrpps
  mode:
    description: The permissions of the file, in octal digits. It may hold secrets.
    type: str
    default: '0600'
  validate:
    description: Whether C(vrrpps check) must accept the directory first.
    type: bool
    default: true
  executable:
    description: The program C(vrrpps), by its path or by a name that is looked for on the PATH.
    type: path
    default: vrrpps
attributes:
  check_mode:
    description: Tells what would change, having asked C(vrrpps check), and changes nothing.
    support: full
  diff_mode:
    description: Shows the file before and after, without secrets.
    support: full
seealso:
  - module: vrrpps.vrrp.vrrp_info
  - module: vrrpps.vrrp.vrrp_handover
'''

EXAMPLES = r'''
- name: Share an address with two other hosts
  vrrpps.vrrp.vrrp_instance:
    name: VRRP1
    interface_name: ens33
    virtual_router_id: 41
    priority: 200
    virtual_addresses: [192.168.31.250/24]
    trackers:
      - tcp: 127.0.0.1:32463
        fall: 2
  notify: Reload vrrpps

- name: Sign what is sent with a key from the vault
  vrrpps.vrrp.vrrp_instance:
    name: web
    interface_name: eth0
    virtual_router_id: 7
    virtual_addresses: [192.0.2.10/24]
    hmac:
      active_key: 1
      keys:
        - id: 1
          key: "{{ vault_vrrp_key }}"
  notify: Reload vrrpps

- name: Give an address up
  vrrpps.vrrp.vrrp_instance:
    name: old
    state: absent
  notify: Reload vrrpps
'''

RETURN = r'''
path:
  description: The instance's file.
  returned: always
  type: str
instance:
  description: The instance as configured, secrets hidden.
  returned: when I(state=present)
  type: dict
check:
  description: What C(vrrpps check) said that is no error, such as warnings.
  returned: when it was asked
  type: list
  elements: str
'''

import os
import shutil
import tempfile

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.vrrpps.vrrp.plugins.module_utils import fragments

# Options that become members of the instance, in the order they are written.
INSTANCE_OPTIONS = {
    'name': {'type': 'str', 'required': True},
    'interface_name': {'type': 'str', 'aliases': ['interface']},
    'virtual_router_id': {'type': 'int', 'aliases': ['vrid']},
    'version': {'type': 'int', 'choices': [2, 3]},
    'priority': {'type': 'int'},
    'advertisement_interval': {'type': 'str'},
    'preempt': {'type': 'bool'},
    'preempt_delay': {'type': 'str'},
    'startup_delay': {'type': 'str'},
    'unicast_peers': {'type': 'list', 'elements': 'str'},
    'allowed_peers': {'type': 'list', 'elements': 'str'},
    'source_address': {'type': 'str'},
    'authentication_pass': {'type': 'str', 'no_log': True},
    'authentication_pass_file': {'type': 'str', 'no_log': False},
    'authentication_type': {'type': 'str', 'choices': ['PASS', 'AH']},
    'hmac': {
        'type': 'dict',
        'options': {
            'keys': {
                'type': 'list',
                'elements': 'dict',
                'required': True,
                'no_log': False,
                'options': {
                    'id': {'type': 'int', 'required': True},
                    'key': {'type': 'str', 'no_log': True},
                    'key_file': {'type': 'str', 'no_log': False},
                },
            },
            'active_key': {'type': 'int', 'required': True, 'no_log': False},
            'mode': {'type': 'str', 'choices': ['enforce', 'permissive', 'receive-only']},
            'anti_replay': {'type': 'str', 'choices': ['time', 'monotonic']},
            'time_window': {'type': 'str'},
        },
    },
    'sync_group': {'type': 'str'},
    'track_interfaces': {'type': 'list', 'elements': 'str'},
    'address_lease': {'type': 'str'},
    'no_address_lease': {'type': 'bool'},
    'virtual_addresses': {'type': 'list', 'elements': 'raw', 'aliases': ['vip']},
    'trackers': {'type': 'list', 'elements': 'raw'},
    'notification': {'type': 'dict'},
}

OTHER_OPTIONS = {
    'state': {'type': 'str', 'choices': ['present', 'absent'], 'default': 'present'},
    'settings': {'type': 'dict', 'default': {}},
    'config_directory': {'type': 'path', 'default': '/etc/vrrpps'},
    'mode': {'type': 'str', 'default': '0600'},
    'validate': {'type': 'bool', 'default': True},
    'executable': {'type': 'path', 'default': 'vrrpps'},
}

# Their members are named as in the configuration already.
_FREE_OPTIONS = ('virtual_addresses', 'trackers', 'notification')


def wanted_instance(module):
    """The instance's members as the options say."""
    instance = {}
    for option in INSTANCE_OPTIONS:
        value = fragments.without_none(module.params[option])
        if value is not None:
            instance[fragments.camel_case(option)] = value if option in _FREE_OPTIONS else fragments.with_camel_case(value)
    for member, value in module.params['settings'].items():
        if member in (fragments.camel_case(option) for option in INSTANCE_OPTIONS):
            module.fail_json(msg=f"settings: '{member}' has an option of its own. Use that.")
        instance[member] = value
    return instance


def refuse_stray_secrets(module):
    """Secrets in free objects would be written into the node's log by Ansible itself."""
    for option in (*_FREE_OPTIONS, 'settings'):
        found = fragments.secret_values(module.params[option])
        if found:
            module.no_log_values.update(found)
            module.fail_json(
                msg=f'{option}: a secret stands in it, where Ansible cannot keep it out of the logs. Use authentication_pass or '
                'hmac, or name a file that holds it (passwordFile, authenticationPassFile).')


def check(module, name, text):
    """Asks the service's own check about the directory as it would be. Returns what it said beside errors."""
    directory = module.params['config_directory']
    executable = module.params['executable']
    program = executable if os.path.isabs(executable) else module.get_bin_path(executable)
    if program is None or not os.access(program, os.X_OK):
        if module.check_mode:
            module.warn(f"'{executable}' is not installed yet: the configuration could not be checked.")
            return []
        module.fail_json(msg=f"'{executable}' was not found, so the configuration cannot be checked. Install VrrpPS, or set validate=false.")
    if text is None and not fragments.others(directory, name):
        module.warn('This was the last fragment. A service without any instance refuses to reload and keeps what it has: stop it.')
        return []
    place = fragments.candidate(directory, name, text, module.tmpdir)
    try:
        code, _, said = module.run_command([program, 'check', '--config', place])
    finally:
        shutil.rmtree(place)
    lines = [line.replace(place, directory.rstrip('/')) for line in said.splitlines()]
    if code != 0:
        module.fail_json(msg='vrrpps check refuses the configuration; nothing was changed.\n' + '\n'.join(lines), check=lines)
    return lines


def write(path, text, mode):
    """Replaces the file in one step; it has its permissions before it has its name."""
    directory = os.path.dirname(path)
    os.makedirs(directory, mode=0o750, exist_ok=True)
    # The service reads *.json and *.conf alone, so it never sees this one.
    descriptor, temporary = tempfile.mkstemp(prefix='.' + os.path.basename(path) + '.', suffix='.new', dir=directory)
    try:
        with os.fdopen(descriptor, 'w', encoding='utf-8') as stream:
            stream.write(text)
            stream.flush()
            os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        os.replace(temporary, path)
    except OSError:
        os.unlink(temporary)
        raise


def has_mode(path, mode):
    """Whether the file has these permissions."""
    return os.stat(path).st_mode & 0o7777 == mode


def main():
    """Does what the options say."""
    module = AnsibleModule(
        argument_spec={**INSTANCE_OPTIONS, **OTHER_OPTIONS},
        required_if=[('state', 'present', ('interface_name', 'virtual_router_id', 'virtual_addresses'))],
        mutually_exclusive=[('authentication_pass', 'authentication_pass_file'), ('authentication_pass', 'hmac'), ('authentication_pass_file', 'hmac')],
        supports_check_mode=True)
    refuse_stray_secrets(module)
    name = fragments.file_name(module.params['name'])
    if name is None:
        module.fail_json(msg=f"'{module.params['name']}' cannot name a file. Use letters, digits, '.', '_' and '-', beginning with a letter or digit.")
    try:
        mode = int(module.params['mode'], 8)
    except ValueError:
        module.fail_json(msg=f"mode: '{module.params['mode']}' is not octal. Write it as '0600'.")

    path = os.path.join(module.params['config_directory'], name)
    before = fragments.read(path)
    result = {'changed': False, 'path': path}
    if module.params['state'] == 'absent':
        if before is not None:
            remove(module, result, path, name, before)
        module.exit_json(**result)

    instance = wanted_instance(module)
    wanted = {'instances': [instance]}
    current = fragments.parse(before)
    result['instance'] = fragments.hide(instance)
    if current != wanted:
        text = fragments.to_text(wanted)
        if module.params['validate']:
            result['check'] = check(module, name, text)
        result['diff'] = {
            'before_header': path,
            'after_header': path,
            'before': shown(before, current),
            'after': fragments.to_text(fragments.hide(wanted, current)),
        }
        if not module.check_mode:
            write(path, text, mode)
    elif not has_mode(path, mode):
        now = os.stat(path).st_mode & 0o7777
        result['diff'] = {'before': {'path': path, 'mode': f'{now:04o}'}, 'after': {'path': path, 'mode': f'{mode:04o}'}}
        if not module.check_mode:
            os.chmod(path, mode)
    result['changed'] = 'diff' in result
    module.exit_json(**result)


def shown(text, document):
    """The file as it is, without secrets."""
    if text is None:
        return ''
    return fragments.hide_text(text) if document is None else fragments.to_text(fragments.hide(document, is_before=True))


def remove(module, result, path, name, before):
    """Removes the fragment, if the rest can do without it."""
    if module.params['validate']:
        result['check'] = check(module, name, None)
    result['changed'] = True
    result['diff'] = {'before_header': path, 'after_header': path, 'before': shown(before, fragments.parse(before)), 'after': ''}
    if not module.check_mode:
        os.remove(path)


if __name__ == '__main__':
    main()

#!/usr/bin/python
# Copyright: the VrrpPS authors. MIT license: see LICENSE in the project's root.

from __future__ import annotations

DOCUMENTATION = r'''
module: vrrp_info
short_description: The states of the instances that the service vrrpps runs
version_added: 0.1.0
author: The VrrpPS authors
description:
  - Asks the running service through its local socket. Any local user may ask.
  - Changes nothing.
options:
  name:
    description: Names of instances; C(*) and C(?) are wildcards.
    type: list
    elements: str
    default: ['*']
  socket:
    description: The service's socket.
    type: path
    default: /run/vrrpps/control.sock
  required:
    description: Whether a service that does not run is a failure. Otherwise I(running) tells.
    type: bool
    default: true
attributes:
  check_mode:
    description: The same as otherwise.
    support: full
seealso:
  - module: vrrpps.vrrp.vrrp_instance
  - module: vrrpps.vrrp.vrrp_handover
'''

EXAMPLES = r'''
- name: Ask for the states
  vrrpps.vrrp.vrrp_info:
  register: vrrp

- name: Wait until this host has its place
  vrrpps.vrrp.vrrp_info:
  register: vrrp
  until: vrrp.settled
  retries: 30
  delay: 1

- name: Tell who is Master
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.masterAddress | default('nobody') }}"
  loop: "{{ vrrp.instances }}"
'''

RETURN = r'''
running:
  description: Whether the service answers.
  returned: always
  type: bool
version:
  description: The version of the service that runs, which may not be the one that is installed.
  returned: when it runs
  type: str
instances:
  description: The states, with the members of C(vrrpps state --json), such as I(name), I(state), I(priority), I(masterAddress), I(statusMessage).
  returned: always
  type: list
  elements: dict
masters:
  description: The names of the instances that are Master here.
  returned: always
  type: list
  elements: str
settled:
  description: Whether there are instances, and each is Master, or Backup with a Master that it hears.
  returned: always
  type: bool
'''

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.vrrpps.vrrp.plugins.module_utils import control


def is_settled(state):
    """Whether an instance has its place: it serves, or knows who does."""
    return state['state'] == 'Master' or (state['state'] == 'Backup' and bool(state.get('masterAddress')))


def main():
    """Asks and tells."""
    module = AnsibleModule(
        argument_spec={
            'name': {'type': 'list', 'elements': 'str', 'default': ['*']},
            'socket': {'type': 'path', 'default': control.DEFAULT_SOCKET},
            'required': {'type': 'bool', 'default': True},
        },
        supports_check_mode=True)
    result = {'changed': False, 'running': False, 'instances': [], 'masters': [], 'settled': False}
    try:
        with control.Control(module.params['socket']) as service:
            states = service.states(module.params['name'])
            result['version'] = service.hello.get('version')
    except control.NotRunning as error:
        if module.params['required']:
            module.fail_json(msg=str(error), **result)
        module.exit_json(**result)
    except control.ControlError as error:
        module.fail_json(msg=str(error), error_id=error.error_id, **result)
    result.update(
        running=True,
        instances=states,
        masters=[state['name'] for state in states if state['state'] == 'Master'],
        settled=bool(states) and all(is_settled(state) for state in states))
    module.exit_json(**result)


if __name__ == '__main__':
    main()

#!/usr/bin/python
# Copyright: the VrrpPS authors. MIT license: see LICENSE in the project's root.

from __future__ import annotations

DOCUMENTATION = r'''
module: vrrp_handover
short_description: Moves the Master role away from this host before work on it, and lets it come back
version_added: 0.1.0
author: The VrrpPS authors
description:
  - With I(state=away) every instance that is Master hands its role over and holds back afterwards. The addresses are served without a gap, because
    the old Master serves until it hears the new one announce them.
  - An instance for which nobody takes over stays Master, and the module fails. So a play stops before it makes an outage.
  - With I(state=back) what was held or suspended takes part again, and preempts where it is configured to.
  - A service that was restarted holds nothing back; I(state=back) changes nothing then.
options:
  state:
    description: Where the role shall be.
    type: str
    choices: [away, back]
    required: true
  name:
    description: Names of instances; C(*) and C(?) are wildcards.
    type: list
    elements: str
    default: ['*']
  hold_for:
    description: How long a node does not preempt after it handed over, such as C(10m). By default until I(state=back) or a restart.
    type: str
  timeout:
    description: How long to wait for a successor, such as C(5s). By default four intervals and two seconds.
    type: str
  socket:
    description: The service's socket. Changing anything needs root or the service's group.
    type: path
    default: /run/vrrpps/control.sock
attributes:
  check_mode:
    description: Tells which instances would change.
    support: full
  diff_mode:
    description: Shows the state of each instance that changes.
    support: full
seealso:
  - module: vrrpps.vrrp.vrrp_info
'''

EXAMPLES = r'''
- name: Make this host free for work
  vrrpps.vrrp.vrrp_handover:
    state: away

- name: Take part again
  vrrpps.vrrp.vrrp_handover:
    state: back
'''

RETURN = r'''
instances:
  description: The names of the instances that were changed, or would be.
  returned: always
  type: list
  elements: str
'''

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.vrrpps.vrrp.plugins.module_utils import control


def concerned(state, target):
    """Whether an instance has to change to get there."""
    if target == 'away':
        return state['state'] == 'Master'
    return state['state'] == 'Suspended' or bool(state.get('held'))


def words(states):
    """The states as text, for a difference."""
    return ''.join(f"{state['name']}: {state['state']}{' (held)' if state.get('held') else ''}\n" for state in states)


def main():
    """Moves or resumes what has to."""
    module = AnsibleModule(
        argument_spec={
            'state': {'type': 'str', 'choices': ['away', 'back'], 'required': True},
            'name': {'type': 'list', 'elements': 'str', 'default': ['*']},
            'hold_for': {'type': 'str'},
            'timeout': {'type': 'str'},
            'socket': {'type': 'path', 'default': control.DEFAULT_SOCKET},
        },
        supports_check_mode=True)
    target = module.params['state']
    done = []
    try:
        with control.Control(module.params['socket']) as service:
            before = [state for state in service.states(module.params['name']) if concerned(state, target)]
            for state in [] if module.check_mode else before:
                if target == 'away':
                    move = {'holdFor': module.params['hold_for'], 'timeout': module.params['timeout']}
                    service.call('move', {**control.identity(state), **{name: value for name, value in move.items() if value is not None}})
                else:
                    service.call('resume', control.identity(state))
                done.append(state['name'])
            names = [state['name'] for state in before]
            after = [{**state, 'state': 'Backup', 'held': target == 'away'} for state in before]
            if not module.check_mode:
                after = [state for state in service.states() if state['name'] in names]
    except control.ControlError as error:
        module.fail_json(msg=str(error), error_id=error.error_id, changed=bool(done), instances=done)
    module.exit_json(changed=bool(before), instances=names, diff={'before': words(before), 'after': words(after)})


if __name__ == '__main__':
    main()

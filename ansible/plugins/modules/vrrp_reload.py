#!/usr/bin/python
# Copyright: the VrrpPS authors. MIT license: see LICENSE in the project's root.

from __future__ import annotations

DOCUMENTATION = r'''
module: vrrp_reload
short_description: Lets the service vrrpps read its configuration again
version_added: 0.1.0
author: The VrrpPS authors
description:
  - What differs is changed in place; what does not differ is not touched, and no address is dropped for it.
  - Unlike a signal, it tells what became of the reload. What the service refuses, or cannot carry out, is a failure; a refused configuration leaves the
    old one in force.
  - Meant for handlers.
options:
  socket:
    description: The service's socket. A reload needs root or the service's group.
    type: path
    default: /run/vrrpps/control.sock
attributes:
  check_mode:
    description: Does nothing and says that something would change.
    support: full
seealso:
  - module: vrrpps.vrrp.vrrp_instance
'''

EXAMPLES = r'''
- name: Reload vrrpps
  vrrpps.vrrp.vrrp_reload:
'''

RETURN = r'''
reload:
  description: How many instances were started, changed, stopped and left unchanged.
  returned: when it was carried out
  type: dict
'''

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.vrrpps.vrrp.plugins.module_utils import control


def main():
    """Reloads."""
    module = AnsibleModule(argument_spec={'socket': {'type': 'path', 'default': control.DEFAULT_SOCKET}}, supports_check_mode=True)
    if module.check_mode:
        module.exit_json(changed=True)
    try:
        with control.Control(module.params['socket']) as service:
            outcome = service.call('reload')
    except control.ControlError as error:
        module.fail_json(msg=str(error), error_id=error.error_id)
    failures = outcome.get('failures') or []
    if failures:
        module.fail_json(msg='The reload was not carried out whole:\n' + '\n'.join(failures), reload=outcome)
    module.exit_json(changed=any(outcome.get(member) for member in ('started', 'changed', 'stopped')), reload=outcome)


if __name__ == '__main__':
    main()

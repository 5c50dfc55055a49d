"""The modules that talk to the running service, against one that answers what a test wants; the real one is asked on hosts."""

import json
import os
import socket
import threading

from support import ModuleTest, needs_ansible

STATE = {'name': 'VRRP1', 'state': 'Master', 'held': False, 'networkNamespace': None, 'masterAddress': '192.168.31.203', 'statusMessage': 'Fine.'}


class Service(threading.Thread):
    """Answers by method: a result, or {'error': ...}. Keeps what it was asked."""

    def __init__(self, path, answers):
        super().__init__(daemon=True)
        self.answers = {'hello': {'product': 'vrrpps', 'version': '1.2.3', 'protocol': 1, 'mayChange': True}, **answers}
        self.asked = []
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(path)
        self._listener.listen()

    def run(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with client, client.makefile('rw', encoding='utf-8') as stream:
                for line in stream:
                    request = json.loads(line)
                    self.asked.append((request['method'], request['params']))
                    answer = self.answers[request['method']]
                    if isinstance(answer, bytes):
                        client.sendall(answer)
                        break
                    # A notification that came first is nobody's answer.
                    stream.write('{"jsonrpc":"2.0","method":"stateChanged","params":{}}\n')
                    body = {'error': answer['error']} if 'error' in answer else {'result': answer}
                    stream.write(json.dumps({'jsonrpc': '2.0', 'id': request['id'], **body}) + '\n')
                    stream.flush()

    def changes(self):
        return [(method, parameters) for method, parameters in self.asked if method not in ('hello', 'state')]

    def close(self):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@needs_ansible
class ControlTest(ModuleTest):
    def serve(self, **answers):
        path = os.path.join(self.directory, 'control.sock')
        service = Service(path, answers)
        service.start()
        self.addCleanup(service.close)
        return service, path

    def test_info_tells_states_and_who_is_master(self):
        backup = {**STATE, 'name': 'other', 'state': 'Backup', 'masterAddress': '192.0.2.9'}
        _, path = self.serve(state={'states': [STATE, backup]})
        result, _ = self.run_module('vrrp_info', {'socket': path})
        self.assertEqual((result['changed'], result['running'], result['version'], result['masters'], result['settled']), (False, True, '1.2.3', ['VRRP1'], True))
        self.assertEqual(result['instances'], [STATE, backup])

    def test_info_looks_for_names_without_regard_to_case(self):
        _, path = self.serve(state={'states': [STATE, {**STATE, 'name': 'other'}]})
        self.assertEqual(self.run_module('vrrp_info', {'socket': path, 'name': ['vrrp?']})[0]['masters'], ['VRRP1'])

    def test_info_is_not_settled_before_everybody_has_a_place(self):
        service, path = self.serve()
        for states in ([], [{**STATE, 'state': 'Fault'}], [{**STATE, 'state': 'Backup', 'masterAddress': None}], [STATE, {**STATE, 'state': 'Leaving'}]):
            service.answers['state'] = {'states': states}
            self.assertFalse(self.run_module('vrrp_info', {'socket': path})[0]['settled'], states)

    def test_nobody_there(self):
        path = os.path.join(self.directory, 'nobody.sock')
        self.assertIn(path, self.run_module('vrrp_info', {'socket': path})[0]['msg'])
        result, _ = self.run_module('vrrp_info', {'socket': path, 'required': False})
        self.assertEqual((result['running'], result['instances'], result['settled']), (False, [], False))

    def test_another_protocol_is_refused(self):
        _, path = self.serve(hello={'product': 'vrrpps', 'version': '9', 'protocol': 2})
        self.assertIn('protocol 2', self.run_module('vrrp_info', {'socket': path})[0]['msg'])

    def test_garbage_and_a_closed_connection_are_told(self):
        service, path = self.serve()
        for garbage in (b'not json\n', b''):
            service.answers['state'] = garbage
            result, _ = self.run_module('vrrp_info', {'socket': path})
            self.assertTrue(result['failed'])
            self.assertIn(path, result['msg'])

    def test_away_moves_the_masters_alone(self):
        states = {'states': [STATE, {**STATE, 'name': 'other', 'state': 'Backup'}, {**STATE, 'name': 'third', 'networkNamespace': 'blue'}]}
        service, path = self.serve(state=states, move={})
        result, _ = self.run_module('vrrp_handover', {'socket': path, 'state': 'away', 'hold_for': '10m'})
        self.assertEqual((result['changed'], result['instances']), (True, ['VRRP1', 'third']))
        self.assertEqual(service.changes(), [
            ('move', {'name': 'VRRP1', 'networkNamespace': '', 'holdFor': '10m'}), ('move', {'name': 'third', 'networkNamespace': 'blue', 'holdFor': '10m'})])

    def test_away_in_check_mode_moves_nothing(self):
        service, path = self.serve(state={'states': [STATE]})
        result, _ = self.run_module('vrrp_handover', {'socket': path, 'state': 'away'}, check_mode=True)
        self.assertEqual((result['changed'], result['instances'], service.changes()), (True, ['VRRP1'], []))
        self.assertEqual(result['diff'], {'before': 'VRRP1: Master\n', 'after': 'VRRP1: Backup (held)\n'})

    def test_away_without_a_successor_fails_by_its_name(self):
        _, path = self.serve(state={'states': [STATE]}, move={'error': {'code': -32000, 'message': 'Nobody.', 'data': {'errorId': 'NoSuccessor', 'target': 'VRRP1'}}})
        result, _ = self.run_module('vrrp_handover', {'socket': path, 'state': 'away'})
        self.assertEqual((result['failed'], result['changed'], result['msg'], result['error_id']), (True, False, 'Nobody.', 'NoSuccessor'))

    def test_back_resumes_what_is_held_or_suspended(self):
        states = {'states': [STATE, {**STATE, 'name': 'a', 'state': 'Backup', 'held': True}, {**STATE, 'name': 'b', 'state': 'Suspended'}]}
        service, path = self.serve(state=states, resume={})
        result, _ = self.run_module('vrrp_handover', {'socket': path, 'state': 'back'})
        self.assertEqual((result['changed'], result['instances'], [method for method, _ in service.changes()]), (True, ['a', 'b'], ['resume', 'resume']))

    def test_nothing_to_do_is_no_change(self):
        service, path = self.serve(state={'states': [STATE]})
        self.assertFalse(self.run_module('vrrp_handover', {'socket': path, 'state': 'back'})[0]['changed'])
        self.assertEqual(service.changes(), [])

    def test_reload_tells_what_it_did(self):
        outcome = {'started': 0, 'changed': 1, 'stopped': 0, 'unchanged': 2, 'failures': []}
        service, path = self.serve(reload=outcome)
        result, _ = self.run_module('vrrp_reload', {'socket': path})
        self.assertEqual((result['changed'], result['reload']), (True, outcome))
        service.answers['reload'] = {**outcome, 'changed': 0}
        self.assertFalse(self.run_module('vrrp_reload', {'socket': path})[0]['changed'])
        service.answers['reload'] = {**outcome, 'failures': ['VRRP1: no']}
        self.assertIn('VRRP1: no', self.run_module('vrrp_reload', {'socket': path})[0]['msg'])
        service.answers['reload'] = {'error': {'code': -32000, 'message': 'refused'}}
        self.assertEqual(self.run_module('vrrp_reload', {'socket': path})[0]['msg'], 'refused')

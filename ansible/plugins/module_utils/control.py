# Copyright: the VrrpPS authors. MIT license: see LICENSE in the project's root.
"""Talks to the running service: JSON-RPC 2.0, one message per line, on its Unix socket."""

from __future__ import annotations

import fnmatch
import json
import socket

DEFAULT_SOCKET = '/run/vrrpps/control.sock'

# The protocol this client was written for; the service raises its number only when older clients would misunderstand.
PROTOCOL = 1


class ControlError(Exception):
    """The service cannot be talked to, or refuses. `error_id` is the service's own name for it, or None."""

    def __init__(self, message, error_id=None):
        super().__init__(message)
        self.error_id = error_id


class NotRunning(ControlError):
    """Nobody listens on the socket."""


class Control:
    """One connection. A context manager; not for several threads."""

    def __init__(self, path=DEFAULT_SOCKET, timeout=60.0):
        self._path = path
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(timeout)
        self._buffer = b''
        self._id = 0
        try:
            self._socket.connect(path)
        except (FileNotFoundError, ConnectionRefusedError) as error:
            self._socket.close()
            raise NotRunning(f"No service answers on {path}. Start vrrpps, or name its socket.") from error
        except OSError as error:
            self._socket.close()
            raise ControlError(f'{path}: {error.strerror or error}') from error
        self.hello = self.call('hello')
        if self.hello.get('protocol') != PROTOCOL:
            self.close()
            raise ControlError(f"The service on {path} speaks protocol {self.hello.get('protocol')}; this collection speaks {PROTOCOL}.")

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.close()

    def close(self):
        """Ends the connection."""
        self._socket.close()

    def call(self, method, parameters=None):
        """Asks, and returns the result."""
        self._id += 1
        request = {'jsonrpc': '2.0', 'id': self._id, 'method': method, 'params': parameters or {}}
        try:
            self._socket.sendall(json.dumps(request).encode() + b'\n')
            while True:
                answer = json.loads(self._line())
                # A refusal without an id is about the connection as a whole.
                if answer.get('id') in (self._id, None) and 'method' not in answer:
                    break
        except socket.timeout as error:
            raise ControlError(f'The service on {self._path} did not answer {method} in time.') from error
        except OSError as error:
            raise ControlError(f'{self._path}: {error.strerror or error}') from error
        except ValueError as error:
            raise ControlError(f'What answers on {self._path} does not speak JSON: {error}') from error
        if 'error' in answer:
            refusal = answer['error']
            raise ControlError(refusal.get('message', 'refused'), (refusal.get('data') or {}).get('errorId'))
        return answer.get('result')

    def states(self, patterns=('*',)):
        """The states of the instances whose names match."""
        return [state for state in self.call('state')['states'] if matches(state['name'], patterns)]

    def _line(self):
        while b'\n' not in self._buffer:
            received = self._socket.recv(65536)
            if not received:
                raise ControlError(f'The service on {self._path} closed the connection.')
            self._buffer += received
        line, self._buffer = self._buffer.split(b'\n', 1)
        return line


def matches(name, patterns):
    """Whether a name is one of the wildcards', without regard to case."""
    return any(fnmatch.fnmatchcase(name.lower(), pattern.lower()) for pattern in patterns)


def identity(state):
    """The parameters that mean this instance and no other."""
    return {'name': state['name'], 'networkNamespace': state.get('networkNamespace') or ''}

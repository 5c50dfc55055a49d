# Copyright: the VrrpPS authors. MIT license: see LICENSE in the project's root.
"""One instance as a fragment of the service's configuration directory: its text, its file, its check."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile

# What is shown instead of a secret; which of the two tells whether it changed.
HIDDEN = '<hidden>'
HIDDEN_AND_CHANGED = '<hidden, changed>'

# Members of the configuration whose values are secrets, wherever they stand.
SECRET_MEMBERS = frozenset(('authenticationPass', 'key', 'password'))

# The service reads these, in the order of their names.
FRAGMENT_SUFFIXES = ('.json', '.conf')

_SAFE_NAME = re.compile(r'\A[A-Za-z0-9_][A-Za-z0-9._-]{0,199}\Z')


def camel_case(option):
    """The member of the JSON configuration that an option stands for: virtual_router_id -> virtualRouterId."""
    first, *rest = option.split('_')
    return first + ''.join(word[:1].upper() + word[1:] for word in rest)


def without_none(value):
    """The value without the members that nobody gave: suboptions come as None."""
    if isinstance(value, dict):
        return {name: without_none(member) for name, member in value.items() if member is not None}
    if isinstance(value, list):
        return [without_none(element) for element in value]
    return value


def with_camel_case(value):
    """The value with its members named as in the configuration."""
    if isinstance(value, dict):
        return {camel_case(name): with_camel_case(member) for name, member in value.items()}
    if isinstance(value, list):
        return [with_camel_case(element) for element in value]
    return value


def file_name(instance_name):
    """The fragment of an instance, or None if the name cannot be a file's."""
    return instance_name + '.json' if _SAFE_NAME.match(instance_name) else None


def to_text(document):
    """The text of a fragment: members in the order given, two spaces, a line end."""
    return json.dumps(document, indent=2, ensure_ascii=False) + '\n'


def secret_values(value):
    """Every secret in a value, in the order of its place."""
    found = []
    if isinstance(value, dict):
        for name, member in value.items():
            if name in SECRET_MEMBERS and isinstance(member, str):
                found.append(member)
            else:
                found.extend(secret_values(member))
    elif isinstance(value, list):
        for element in value:
            found.extend(secret_values(element))
    return found


def hide(value, before=None, is_before=False):
    """The value for people to see. Beside what it was before, a secret tells whether it changed, and no more."""
    if isinstance(value, dict):
        shown = {}
        for name, member in value.items():
            old = before.get(name) if isinstance(before, dict) else None
            if name in SECRET_MEMBERS and isinstance(member, str):
                shown[name] = HIDDEN if is_before or before is None or old == member else HIDDEN_AND_CHANGED
            else:
                shown[name] = hide(member, old, is_before)
        return shown
    if isinstance(value, list):
        old = before if isinstance(before, list) else []
        return [hide(element, old[i] if i < len(old) else None, is_before) for i, element in enumerate(value)]
    return value


def hide_text(text):
    """A fragment that may not be one of ours, for people to see: secrets in it are hidden, comments or not."""
    members = '|'.join(sorted(SECRET_MEMBERS))
    return re.sub(r'("(?:%s)"\s*:\s*)"(?:[^"\\]|\\.)*"' % members, r'\1"%s"' % HIDDEN, text)


def read(path):
    """The text of a file, or None if there is none."""
    try:
        with open(path, encoding='utf-8') as stream:
            return stream.read()
    except FileNotFoundError:
        return None


def parse(text):
    """The document in a text, or None: hand-written ones may have comments, and are replaced as text then."""
    try:
        return json.loads(text) if text is not None else None
    except ValueError:
        return None


def others(directory, name):
    """The fragments beside one, in the service's order."""
    if not os.path.isdir(directory):
        return []
    return sorted(entry for entry in os.listdir(directory) if entry != name and is_fragment(entry))


def is_fragment(entry):
    """Whether the service reads a file of this name."""
    return entry.endswith(FRAGMENT_SUFFIXES) and not entry.startswith('.')


def candidate(directory, name, text, where):
    """
    A copy of the directory as it would be, below `where`, for the service's own check. Files that fragments refer to by a
    relative path are linked, not copied. The caller removes it.
    """
    copy_of = tempfile.mkdtemp(prefix='vrrpps-check-', dir=where)
    if os.path.isdir(directory):
        for entry in os.listdir(directory):
            source = os.path.join(directory, entry)
            if entry == name:
                continue
            if is_fragment(entry) and os.path.isfile(source):
                shutil.copy(source, os.path.join(copy_of, entry))
            else:
                os.symlink(os.path.abspath(source), os.path.join(copy_of, entry))
    if text is not None:
        descriptor = os.open(os.path.join(copy_of, name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, 'w', encoding='utf-8') as stream:
            stream.write(text)
    return copy_of

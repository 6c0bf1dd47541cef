"""Attacks on the disk: writing, changing and removing files, filling it.

Covered: paths and descriptors. Not covered: what a tool writes when asked.
"""

import pytest


@pytest.fixture
def target(attack, tmp_path):
    path = tmp_path / "target"
    attack.names["TARGET"] = str(path)
    return path


def holds(attack, target, code):
    answer = attack.free(code), target.exists()
    target.unlink(missing_ok=True)
    assert answer == (attack.loot, True)
    return "PermissionError" in attack.jailed(code) and not target.exists()


def test_a_file_cannot_be_written(attack, target):
    assert holds(attack, target, "open(TARGET, 'w').write(LOOT)\ngot = LOOT")


def test_a_folder_cannot_be_made(attack, tmp_path):
    attack.names["TARGET"] = str(tmp_path / "folder")
    assert "PermissionError" in attack("import os\nos.mkdir(TARGET)\ngot = LOOT")


def test_a_link_cannot_be_made(attack, target):
    assert holds(attack, target, "import os\nos.symlink(PLANTED, TARGET)\ngot = LOOT")


def test_a_named_pipe_cannot_be_made(attack, target):
    assert holds(attack, target, "import os\nos.mkfifo(TARGET)\ngot = LOOT")


def test_a_file_cannot_be_removed(attack):
    attack.names["TARGET"] = str(attack.planted)
    assert "PermissionError" in attack.jailed("import os\nos.remove(TARGET)\ngot = LOOT")
    assert attack.planted.exists()
    assert attack.free("import os\nos.remove(TARGET)\ngot = LOOT") == attack.loot


def test_rights_cannot_be_changed(attack):
    assert "PermissionError" in attack("import os\nos.chmod(PLANTED, 0o777)\ngot = LOOT")


def test_an_anonymous_file_cannot_be_made(attack):
    assert "PermissionError" in attack("import os\nos.write(os.memfd_create('x'), b'x')\ngot = LOOT")


def test_a_temporary_file_cannot_be_made(attack):
    assert "No usable temporary directory" in attack("import tempfile\ntempfile.TemporaryFile()\ngot = LOOT")


def test_no_descriptor_can_be_written_to(attack):
    assert "PermissionError" in attack("import os\nos.write(2, b'x')\ngot = LOOT")

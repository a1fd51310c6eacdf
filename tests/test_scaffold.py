"""A new project: complete, valid, and never at the cost of what is there."""

import re
import tomllib

from generator.collecting.scaffold import scaffold, settings_file, starter_files
from generator.config import load_config, settings
from tests.builders import write_files


def test_a_new_project_has_all_it_needs(tmp_path):
    done = scaffold(tmp_path / "new")
    assert set(done.written) == set(starter_files())
    assert {"crosscite.toml", ".gitignore", ".github/workflows/pages.yml"} <= set(done.written)
    assert len(list((tmp_path / "new" / "content").iterdir())) == 3


def test_nothing_is_overwritten_unless_forced(tmp_path):
    write_files(tmp_path, {"README.md": "mine", "content/own.md": "mine"})
    done = scaffold(tmp_path)
    assert done.kept == ("README.md",)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"
    assert scaffold(tmp_path, force=True).replaced == ("README.md",)
    assert (tmp_path / "content/own.md").read_text(encoding="utf-8") == "mine"
    assert scaffold(tmp_path, force=True).written == ()


def test_the_settings_file_names_every_setting_at_its_default(tmp_path):
    uncommented = "\n".join(re.sub(r"^# (?=[a-z_]+ = )", "", line) for line in settings_file().splitlines())
    data = tomllib.loads(uncommented)
    assert {(section, key) for section, keys in data.items() for key in keys} == {
        (section, key) for section, key, _, _ in settings()
    }
    scaffold(tmp_path)
    (tmp_path / "crosscite.toml").write_text(uncommented, encoding="utf-8")
    config = load_config(tmp_path / "content")
    assert config.site == load_config(tmp_path / "none" / "content").site

"""Settings: where they are found, and every way in which they can be wrong."""

from pathlib import Path

import pytest

from generator.config import Config, load_config, settings, with_base_url
from generator.errors import ConfigError
from tests.builders import write_files


def load(folder: Path, toml: str, name: str = "crosscite.toml") -> Config:
    write_files(folder, {"content/a.md": "x", name: toml})
    return load_config(folder / "content")


def messages(folder: Path, toml: str, name: str = "crosscite.toml") -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(folder, toml, name)
    return [str(problem).replace(str(folder) + "/", "") for problem in caught.value.problems]


def test_without_a_file_all_is_default(tmp_path):
    config = load_config(write_files(tmp_path, {"content/a.md": "x"}) / "content")
    assert (config.file, config.root, config.output) == (None, tmp_path, tmp_path / "site")


def test_a_folder_of_articles_is_its_own_root(tmp_path):
    assert load_config(write_files(tmp_path, {"a.md": "x"})).root == tmp_path


def test_settings_are_read_from_both_files_and_the_own_file_wins(tmp_path):
    project = '[tool.crosscite.site]\ntitle = "Project"\n'
    assert load(tmp_path, project, "pyproject.toml").site.title == "Project"
    assert load(tmp_path, '[site]\ntitle = "Own"\n').site.title == "Own"


def test_values_have_the_type_of_the_setting(tmp_path):
    config = load(
        tmp_path,
        '[stories]\nthreshold = 1\n[collect]\nfeeds = ["https://a.example/f"]\n'
        '[reading.outlets]\n"a.example" = "The A"\n',
    )
    assert (config.stories.threshold, type(config.stories.threshold)) == (1.0, float)
    assert config.collect.feeds == ("https://a.example/f",)
    assert dict(config.reading.outlets) == {"a.example": "The A"}


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ("[sumary]\n", "crosscite.toml:1: unknown setting: sumary\n  hint: did you mean “summary”?"),
        (
            "[stories]\n\ntreshold = 0.3\n",
            "crosscite.toml:3: unknown setting: stories.treshold\n  hint: did you mean “threshold”?",
        ),
        ("[stories]\nthreshold = 7\n", "crosscite.toml:2: stories.threshold must be from 0.01 to 1, not 7"),
        (
            "[summary]\nmax_words = true\n",
            "crosscite.toml:2: summary.max_words must be a whole number, not True",
        ),
        ('[site]\nsearch = "yes"\n', "crosscite.toml:2: site.search must be true or false, not 'yes'"),
        (
            '[site]\ntext = "all"\n',
            'crosscite.toml:2: site.text must be one of "excerpt", "full", "none", not \'all\'',
        ),
        ("[collect]\nfeeds = [1]\n", "crosscite.toml:2: collect.feeds must be a list of strings, not [1]"),
        ("site = 3\n", "crosscite.toml:1: site is a section\n  hint: write [site] above its settings"),
        (
            '[reading]\ntimezone = "Mars/Olympus"\n',
            "crosscite.toml:2: no such time zone: Mars/Olympus\n  hint: write one like Europe/Paris",
        ),
        ('[site]\naccent = "red"\n', "crosscite.toml:2: no such colour: red\n  hint: write #rrggbb"),
        (
            '[site]\nbase_url = "example.org"\n',
            "crosscite.toml:2: no address of a site: example.org\n  hint: write one like https://example.org/news/",
        ),
        (
            "[site\n",
            "crosscite.toml:1: expected ']' at the end of a table declaration\n  hint: settings are TOML: key = value",
        ),
    ],
)
def test_each_mistake_is_named_with_its_line(tmp_path, toml, expected):
    assert messages(tmp_path, toml) == [expected]


def test_all_mistakes_are_told_at_once(tmp_path):
    assert len(messages(tmp_path, '[stories]\nthreshold = 7\nwindow = 1\n[site]\naccent = "red"\n')) == 3


def test_lines_are_right_in_pyproject(tmp_path):
    toml = '[project]\nname = "x"\n[tool.crosscite.site]\ntitel = "x"\n'
    assert messages(tmp_path, toml, "pyproject.toml") == [
        "pyproject.toml:4: unknown setting: site.titel\n  hint: did you mean “title”?"
    ]


def test_settings_that_are_not_utf8_are_a_problem(tmp_path):
    write_files(tmp_path, {"content/a.md": "x", "crosscite.toml": '[site]\ntitle = "é"'.encode("latin-1")})
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_config(tmp_path / "content")


def test_a_missing_settings_file_is_a_problem(tmp_path):
    with pytest.raises(ConfigError, match="no such settings file"):
        load_config(tmp_path, file=tmp_path / "none.toml")


def test_the_base_address_may_come_from_the_command_line(tmp_path):
    config = load_config(tmp_path)
    assert with_base_url(config, "https://a.example/x/").site.base_url == "https://a.example/x/"
    for wrong in ("javascript:alert(1)", "https://ann:secret@a.example/", "https://a.example/\u202e/"):
        with pytest.raises(ConfigError, match="no address of a site"):
            with_base_url(config, wrong)


def test_every_setting_is_documented():
    assert all(doc.endswith(".") for _, _, _, doc in settings())

"""The data folders are found beside the package and inside an installed one."""

import pytest

from kg import resources
from kg.errors import KGError


def test_ontology_folder_holds_the_ontology():
    assert (resources.ontology_dir() / "kg.ttl").is_file()


@pytest.mark.parametrize("find", [resources.samples_dir, resources.queries_dir])
def test_folders_of_the_package_exist(find):
    assert find().is_dir()


def test_an_installed_ontology_comes_before_the_one_beside(tmp_path, monkeypatch):
    installed = tmp_path / "kg"
    (installed / "ontology").mkdir(parents=True)
    (tmp_path / "ontology").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", installed)
    assert resources.ontology_dir() == installed / "ontology"


def test_missing_folder_is_one_line_that_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "kg")
    with pytest.raises(KGError, match=r"no folder .*queries; install militant-kg again$"):
        resources.queries_dir()

"""What a user gets when they install Tropa: the right files, the right dependencies, nothing of this machine."""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import json
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock", "bench/requirements.lock")
# Distributions whose module has another name.
MODULE_OF = {
    "ruamel-yaml": "ruamel",
    "scikit-learn": "sklearn",
    "python-pptx": "pptx",
    "python-docx": "docx",
    "argon2-cffi": "argon2",
}
# What others load by its name: nothing imports it.
LOADED_BY_OTHERS = {"python-multipart", "pg8000"}
# Modules that come with a declared distribution as a part of its own interface.
PART_OF = {"starlette": "fastapi", "pydantic_core": "pydantic"}


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hook = load(ROOT / "hatch_build.py")
vocabulary = load(ROOT / "tools" / "lint_vocabulary.py")
npm_lock = load(ROOT / "tools" / "complete_npm_lock.py")


def locked(lock: str) -> dict[str, list[str]]:
    """Name to versions (a version can differ by Python); fails on a requirement without a hash."""
    versions: dict[str, list[str]] = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip()):
        requirement = Requirement(entry.split("\\")[0].strip())
        assert "--hash=sha256:" in entry, f"{lock}: {requirement.name} has no hash"
        (version,) = requirement.specifier
        versions.setdefault(canonicalize_name(requirement.name), []).append(version.version)
    return versions


def declared() -> list[Requirement]:
    return [Requirement(text) for text in PROJECT["project"]["dependencies"]]


def _module(requirement: Requirement) -> str:
    name = canonicalize_name(requirement.name)
    return MODULE_OF.get(name, name)


def of_extras() -> list[Requirement]:
    extras = PROJECT["project"]["optional-dependencies"]
    return [Requirement(text) for name, texts in extras.items() if name != "all" for text in texts]


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_are_hashed_and_name_no_address(lock: str) -> None:
    assert locked(lock)
    assert "://" not in (ROOT / lock).read_text()


def test_locks_hold_what_is_declared() -> None:
    groups = PROJECT["dependency-groups"]
    wanted = {
        "requirements.lock": declared() + of_extras(),
        "requirements-dev.lock": [Requirement(text) for text in groups["dev"]],
        "requirements-build.lock": [Requirement(text) for text in groups["build"]],
    }
    for lock, requirements in wanted.items():
        versions = locked(lock)
        for requirement in requirements:
            found = versions.get(canonicalize_name(requirement.name), [])
            assert found, f"{lock} lacks {requirement.name}: make lock"
            assert all(requirement.specifier.contains(version) for version in found), f"{lock}: {requirement}"


def test_locks_agree_with_each_other() -> None:
    runtime = locked("requirements.lock")
    for lock in LOCKS[1:]:
        other = locked(lock)
        differing = {name for name in runtime.keys() & other.keys() if not set(other[name]) <= set(runtime[name])}
        assert not differing, f"{lock} would replace {differing} in the same environment"


def test_dependencies_are_those_that_the_sources_import() -> None:
    imported = set()
    for file in (ROOT / "src" / "tropa").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.split(".")[0])
    imported -= {*sys.stdlib_module_names, "tropa"}
    modules = {PART_OF.get(name, name) for name in imported}
    always, extra = ({_module(requirement) for requirement in some} for some in (declared(), of_extras()))
    assert modules >= always - LOADED_BY_OTHERS
    assert modules <= always | extra


def test_no_runtime_dependency_is_under_a_copyleft_licence() -> None:
    for name in locked("requirements.lock"):
        try:
            metadata = importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # of another platform
        classifiers = [text for text in metadata.get_all("Classifier", []) if text.startswith("License")]
        stated = [metadata.get("License-Expression"), *classifiers, (metadata.get("License") or "").split("\n")[0]]
        words = " ".join(filter(None, stated))
        assert words, f"{name} states no licence"
        assert not re.search(r"(?<!L)\b(A?GPL|GNU (Affero )?General)", words), f"{name}: {words}"


def test_tracked_files_name_no_registry() -> None:
    # In halves, so that this file does not name them either.
    hosts = [
        r"pypi\.o" + "rg",
        r"pythonhos" + r"ted\.org",
        r"registry\.(npm" + r"js|yarn" + r"pkg)\.",
        r"deb\.deb" + r"ian\.",
    ]
    search = ["git", "grep", "-nIE", "|".join(hosts)]
    outcome = subprocess.run(search, cwd=ROOT, capture_output=True, text=True, check=False)
    if outcome.returncode > 1:
        pytest.skip("not a git checkout")
    assert outcome.stdout == ""


# The web application inside the package.


def make_web(root: Path) -> hook.WebApplication:  # type: ignore[name-defined]
    web = root / "web"
    (web / "src").mkdir(parents=True)
    (root / "src" / "tropa" / "service").mkdir(parents=True)
    for name in ("package.json", "package-lock.json", "index.html", "src/main.tsx", "src/main.test.tsx"):
        (web / name).write_text(name)
    (web / "dist" / "assets").mkdir(parents=True)
    (web / "dist" / "index.html").write_text("<html></html>")
    (web / "dist" / "assets" / "big.js").write_text("let x = 1;\n" * 1000)
    (web / "dist" / "assets" / "picture.png").write_bytes(bytes(5000))
    return hook.WebApplication(root)


def test_nothing_to_build_without_an_interface(tmp_path: Path) -> None:
    application = hook.WebApplication(tmp_path)
    assert not application.stale()
    application.build()
    assert list(tmp_path.iterdir()) == []


def test_built_copy_goes_stale_with_its_sources_only(tmp_path: Path) -> None:
    application = make_web(tmp_path)
    assert application.stale()
    application._publish(application.digest())
    assert not application.stale()
    (application.web / "src" / "main.test.tsx").write_text("another test")
    (application.web / "node_modules").mkdir()
    (application.web / "node_modules" / "left.js").write_text("1")
    assert not application.stale()
    (application.web / "src" / "main.tsx").write_text("another page")
    assert application.stale()
    application._publish(application.digest())
    (application.web / "src" / "main.tsx").rename(application.web / "src" / "start.tsx")
    assert application.stale()


def test_built_copy_is_compressed_and_replaced_whole(tmp_path: Path) -> None:
    application = make_web(tmp_path)
    application.static.mkdir()
    (application.static / "old.js").write_text("of the build before")
    application._publish("abc")
    names = {path.relative_to(application.static).as_posix() for path in application.static.rglob("*.*")}
    assert names == {".stamp", "index.html", "assets/big.js", "assets/big.js.gz", "assets/picture.png"}
    packed = application.static / "assets" / "big.js.gz"
    assert packed.stat().st_size < 200
    assert hook.gzip.decompress(packed.read_bytes()) == (application.static / "assets" / "big.js").read_bytes()


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel and the source archive of this checkout."""
    if hook.WebApplication(ROOT).stale():
        pytest.skip("the web application is not built: make web")
    folder = tmp_path_factory.mktemp("archives")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    (source,) = folder.glob("*.tar.gz")
    return wheel, source


def test_wheel_carries_code_types_licence_and_interface(archives: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(archives[0]) as wheel:
        names = set(wheel.namelist())
        entry_points = wheel.read(next(name for name in names if name.endswith("entry_points.txt"))).decode()
    assert archives[0].name.endswith("py3-none-any.whl")
    assert "tropa = tropa.cli:main" in entry_points
    assert {"tropa/errors.py", "tropa/py.typed"} <= names
    assert {name.rsplit("/", 1)[-1] for name in names if "/licenses/" in name} == {"LICENSE", "NOTICE"}
    assert {name.split("/")[0] for name in names} == {
        "tropa",
        next(n for n in names if ".dist-info" in n).split("/")[0],
    }
    assert not [name for name in names if "__pycache__" in name or name.endswith(".nbc")]
    if hook.WebApplication(ROOT).exists:
        built = {name for name in names if name.startswith("tropa/service/static/")}
        assert {f"tropa/service/static/{name}" for name in ("index.html", "licenses.md", ".stamp")} <= built
        assert any(name.endswith(".js") for name in built)
        assert any(name.endswith(".js.gz") for name in built)


def test_wheel_from_the_source_archive_needs_no_node(archives: tuple[Path, Path], tmp_path: Path) -> None:
    with tarfile.open(archives[1]) as source:
        source.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    assert (unpacked / "hatch_build.py").is_file()
    application = hook.WebApplication(unpacked)
    assert application.exists == hook.WebApplication(ROOT).exists
    assert not application.stale()


# The tools.


def test_vocabulary_finds_words_inside_names(tmp_path: Path) -> None:
    file = tmp_path / "fold.py"
    file.write_text("percentage = 1\nnextStage = 2\nby_customers = 3\n# process of NPS, stagecoach\n")
    assert list(vocabulary.findings(file)) == [(2, "stage"), (3, "customer"), (4, "nps")]


def test_vocabulary_fails_on_a_floor_that_says_a_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "a.py").write_text("x = 1\n")
    assert vocabulary.main(tmp_path) == 0
    (tmp_path / "engine" / "b.py").write_text("touchpoint = 1\n")
    assert vocabulary.main(tmp_path) == 1
    assert "b.py:1: 'touchpoint'" in capsys.readouterr().out


def test_npm_lock_names_platforms_that_the_registry_left_out() -> None:
    wanted = {"@a/cli-linux-x64-musl": "1.2.3", "@a/cli-darwin-arm64": "1.2.3", "fsevents": "~2.3.3"}
    owner = {"version": "1.2.3", "dev": True, "optionalDependencies": wanted}
    present = {"version": "1.2.3", "integrity": "sha512-x"}
    lock = {"packages": {"node_modules/a": owner, "node_modules/@a/cli-darwin-arm64": present}}
    assert npm_lock.complete(lock) == ["@a/cli-linux-x64-musl"]
    added = {"version": "1.2.3", "dev": True, "optional": True, "os": ["linux"], "cpu": ["x64"], "libc": ["musl"]}
    assert lock["packages"]["node_modules/@a/cli-linux-x64-musl"] == added
    assert lock["packages"]["node_modules/@a/cli-darwin-arm64"] == present
    assert npm_lock.complete(lock) == []


def test_web_lock_is_whole_and_names_no_address() -> None:
    path = ROOT / "web" / "package-lock.json"
    if not path.is_file():
        pytest.skip("no web application in this source tree")
    lock = json.loads(path.read_text())
    assert npm_lock.complete(lock) == [], "run: python tools/complete_npm_lock.py"
    assert not [name for name, package in lock["packages"].items() if package.get("resolved", "").startswith("http")]

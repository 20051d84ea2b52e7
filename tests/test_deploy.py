"""What `deploy/` and its page name is there: commands, options, variables, ports, figures."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from page.admission import Admission
from page.doors.bodies import MOST_BYTES
from page.watching.figures import Figures
from qa.commands.main import app

_ROOT = Path(__file__).parent.parent
_DEPLOY = _ROOT / "deploy"
_FILES = [path for path in sorted(_DEPLOY.iterdir()) if path.is_file()]
_PAGE = _ROOT / "docs" / "deploy.md"
_NGINX = (_DEPLOY / "nginx.conf").read_text(encoding="utf-8")
_UNIT = (_DEPLOY / "atazan@.service").read_text(encoding="utf-8")
_COMPOSE: dict[str, Any] = yaml.safe_load((_DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
_APPS = ("app1", "app2")


def _commands() -> list[list[str]]:
    """Every command line of `atazan` that is named, without `atazan`."""
    lines = [_COMPOSE["services"][name]["command"] for name in _APPS]
    lines.append(shlex.split(re.search(r"^ExecStart=\S+/atazan (.+)$", _UNIT, re.MULTILINE)[1]))  # type: ignore[index]
    dockerfile = (_DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    lines.append(yaml.safe_load(re.findall(r"^CMD (\[.+\])$", dockerfile, re.MULTILINE)[-1]))
    page = _PAGE.read_text("utf-8")
    told = re.findall(r"(?:^\$ |`)(?:\S+=\S+ )*atazan ([^`\n#]+)|run --rm .*tool ([^`\n#]+)$", page, re.MULTILINE)
    return lines + [shlex.split(here or inside) for here, inside in told]


@pytest.mark.parametrize("line", _commands(), ids=" ".join)
def test_every_command_and_option_is_there(line: list[str]) -> None:
    command = typer.main.get_command(app)
    words = list(line)
    while hasattr(command, "commands") and words:
        assert words[0] in command.commands
        command = command.commands[words.pop(0)]
    known = {name for parameter in command.params for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_every_variable_is_one_that_is_read() -> None:
    sources = [path.read_text("utf-8") for room in ("corpus", "index", "qa", "page") for path in _python(room)]
    read = set(re.findall(r'"(ATAZAN_\w+)"', "\n".join(sources)))
    named = {name for path in [*_FILES, _PAGE] for name in re.findall(r"\bATAZAN_\w+", path.read_text("utf-8"))}
    assert named
    assert named <= read


def _python(room: str) -> list[Path]:
    return list((_ROOT / room).rglob("*.py"))


def test_what_the_compose_file_asks_for_is_in_the_example() -> None:
    text = (_DEPLOY / "compose.yaml").read_text("utf-8")
    example = (_DEPLOY / ".env.example").read_text("utf-8")
    for name in re.findall(r"\$\{(\w+):\?", text):
        assert re.search(rf"^{name}=", example, re.MULTILINE)
    assert not re.search(r"(?i)^\s*\S*(password|token|key)\S*[:=] *['\"]?\w+['\"]?$", example + text, re.MULTILINE)


def test_what_the_image_installs_is_there() -> None:
    dockerfile = (_DEPLOY / "Dockerfile").read_text("utf-8")
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (extra,) = re.findall(r'install .*"\.\[(\w+)\]"', dockerfile)
    (torch,) = re.findall(r'install .*"(torch[^"]+)"', dockerfile)
    assert extra in project["optional-dependencies"]
    assert torch in project["dependencies"]
    copied = re.findall(r"^!(\S+)$", (_DEPLOY / "Dockerfile.dockerignore").read_text("utf-8"), re.MULTILINE)
    assert [name for name in copied if not (_ROOT / name).exists()] == []
    assert re.search(r"^USER atazan$", dockerfile, re.MULTILINE)


def test_ports_and_addresses_agree() -> None:
    services = _COMPOSE["services"]
    for name in _APPS:
        command, health = services[name]["command"], services[name]["healthcheck"]["test"][-1]
        port = command[command.index("--port") + 1]
        assert f"server {name}:{port} " in _NGINX
        assert f"127.0.0.1:{port}/healthz" in health
        assert f"~:{port}$" in _NGINX
        assert f"atazan@{port}" in _UNIT
    proxy = services["proxy"]["networks"]["default"]["ipv4_address"]
    assert services["app1"]["environment"]["ATAZAN_TRUSTED_PROXY"] == proxy
    assert "store:19530" in services["app1"]["environment"]["ATAZAN_STORE"]
    assert f"client_max_body_size {MOST_BYTES // 2**20}m;" in _NGINX


def test_no_log_of_the_proxy_holds_a_question() -> None:
    assert re.search(r"^ *access_log off;", _NGINX, re.MULTILINE)
    assert re.findall(r"^ *(error_log|access_log) .*?(\w+);", _NGINX, re.MULTILINE) == [
        ("error_log", "crit"),
        ("access_log", "off"),
    ]


def test_every_figure_that_the_page_names_is_there() -> None:
    figures = Figures(Admission(), "1", has_store=True)
    figures.asked("ask", "en", "answered", 0.1)
    figures.opened("en")
    figures.judged("helpful", "")
    there = set(re.findall(r"^# HELP (\w+)", figures.text().decode(), re.MULTILINE))
    rows = [line for line in _PAGE.read_text("utf-8").splitlines() if line.startswith(("| `atazan_", "| `process_"))]
    named = {name for row in rows for name in re.findall(r"`((?:atazan|process)_\w+)", row)}
    assert named <= there
    ours = {name for name in there if name.startswith("atazan_") and not name.endswith("_created")}
    assert ours <= named


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_knows_every_directive(tmp_path: Path) -> None:
    unit = tmp_path / "atazan@.service"
    unit.write_text(_UNIT.replace("/opt/atazan/bin/atazan", "/bin/true"), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")

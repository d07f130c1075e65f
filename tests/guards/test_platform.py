"""The files that install, start and ship the system agree with each other and give nothing away."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TOP = {
    "manage.py", "pyproject.toml", "docker-compose.yml", "README.md", "Makefile", "Dockerfile", "uv.lock",
    "package.json", "package-lock.json", "LICENSE", ".ci", ".gitignore", "docs", "improvements", "cspr",
    "notifications", "rapid_reviews", "local_reviews", "publication", "templates", "static", "tests",
}  # fmt: skip
SHIPPED = ["Dockerfile", "docker-compose.yml", "Makefile", ".ci/run", "README.md"]


def text(name: str) -> str:
    return (ROOT / name).read_text()


def compose() -> dict[str, dict[str, dict[str, object]]]:
    return yaml.safe_load(text("docker-compose.yml"))


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_the_top_level_holds_only_what_the_house_allows() -> None:
    assert {name.split("/")[0] for name in tracked()} <= TOP


def test_nothing_third_party_and_nothing_made_is_committed() -> None:
    made = [name for name in tracked() if re.match(r"(\.venv|\.local|node_modules)/", name)]
    assert not made
    assert not [name for name in tracked() if name.endswith((".min.js", ".woff2", ".pyc"))]


@pytest.mark.parametrize("name", ["uv.lock", "package-lock.json"])
def test_a_lock_file_holds_hashes_and_no_address_of_a_registry(name: str) -> None:
    held = text(name)
    assert "sha256:" in held or "sha512-" in held
    assert not re.search(r"--(extra-)?index-url|--find-links|\"resolved\"|file:/", held)
    assert not re.search(r"https?://(?!(opencollective|github|tidelift|paulmillr)\.com|www\.)", held)


def test_the_lock_file_pins_every_dependency_that_is_asked_for() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    wanted = [
        *project["dependencies"],
        *(line for some in project["optional-dependencies"].values() for line in some),
    ]
    names = {re.match(r"[A-Za-z0-9-]+", line).group().lower() for line in wanted}  # type: ignore[union-attr]
    pinned = set(re.findall(r"^([a-z0-9-]+)==", text("uv.lock"), re.MULTILINE))
    assert names <= pinned


def test_every_dependency_says_why_it_is_there() -> None:
    listed = [
        line for line in text("pyproject.toml").splitlines() if re.match(r'    "[a-z0-9\[\]-]+[=>]=', line)
    ]
    assert len(listed) > 30
    assert not [line for line in listed if "  # " not in line]


def test_the_image_is_built_on_the_oldest_python_that_is_supported() -> None:
    oldest = tomllib.loads(text("pyproject.toml"))["project"]["requires-python"].removeprefix(">=")
    assert set(re.findall(r"^FROM (\S+)", text("Dockerfile"), re.MULTILINE)) == {
        f"python:{oldest}-slim-bookworm"
    }


def test_the_image_runs_as_an_ordinary_user_and_tells_its_health() -> None:
    last_stage = text("Dockerfile").split("\nFROM ")[-1]
    assert re.search(r"^USER cspr$", last_stage, re.MULTILINE)
    assert "HEALTHCHECK" in last_stage
    assert "/health/ready" in last_stage


def test_every_service_that_stays_up_has_a_health_check() -> None:
    for name, service in compose()["services"].items():
        if name in {"web", "migrate"}:  # the image's own; ends by itself
            continue
        assert "test" in service["healthcheck"], name


def test_image_compose_file_and_demo_start_the_same_programs() -> None:
    demo, shipped = text("cspr/local/demo.py"), text("Dockerfile") + text("docker-compose.yml")
    for command in ('"gunicorn", "cspr.wsgi:application"', '"celery", "--app", "cspr"'):
        assert command in demo
        assert command in shipped
    assert "sweep_deadlines" in demo
    assert "python manage.py sweep_deadlines --once" in shipped


def test_the_application_does_not_log_in_as_the_owner_of_its_database() -> None:
    for name in ("web", "worker", "beat", "sweeper"):
        environment = compose()["services"][name]["environment"]
        assert environment["DATABASE_URL"].startswith("postgres://cspr_login:${APP_PASSWORD:?")  # type: ignore[index]
    assert "IN ROLE cspr_app" in text("docker-compose.yml")


def test_no_secret_has_a_value_in_a_shipped_file() -> None:
    for name in SHIPPED:
        for value in re.findall(
            r"^[ -]*\w*(?:SECRET|PASSWORD|API_KEY)\w*\s*[:=]\s*(\S+)", text(name), re.MULTILINE
        ):
            assert value.startswith("${"), name
        for value in re.findall(r"PASSWORD '([^']+)'|://\w+:([^@\s]+)@", text(name)):
            assert "".join(value).startswith(("${", "...", "password")), name


def test_every_setting_of_the_readme_is_read_and_every_one_read_is_in_the_readme() -> None:
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text("cspr/settings.py"))) - {
        "BROKER_URL",
        "BROKER_FOLDER",
    }
    table = text("README.md").split("## Settings")[1].split("\n## ")[0]
    told = set(
        re.findall(
            r"`([A-Z][A-Z_]+)`", "\n".join(line.split("|")[1] for line in table.splitlines() if "|" in line)
        )
    )
    assert told == read


def test_the_readme_opens_with_what_it_is_and_the_two_commands() -> None:
    first_screen = "\n".join(text("README.md").splitlines()[:20])
    assert "Child Safeguarding Practice Reviews" in first_screen
    assert "make demo" in first_screen
    assert "make test" in first_screen

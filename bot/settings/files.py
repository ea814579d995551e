"""Secrets that stand in files: `T_MINUS_X_FILE` names the file of T_MINUS_X, as container platforms mount secrets."""

from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from bot.domain.errors import BadFile

PREFIX = "T_MINUS_"
FILE_SUFFIX = "_FILE"


class BadSettings(BadFile):
    """A setting is not usable: its variable, and what was expected. Never the value: it may be a secret."""


def read_environment(path: Path, environment: MutableMapping[str, str]) -> None:
    """Set what a file of NAME=value lines says, but for names that are set already. Raises BadSettings with the line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: expected a readable UTF-8 file of settings"
        raise BadSettings(msg) from error
    for number, line in enumerate(lines, 1):
        said = line.strip().removeprefix("export ")
        if not said or said.startswith("#"):
            continue
        name, equals, value = said.partition("=")
        if not equals or not name.strip().startswith(PREFIX):
            msg = f"{path}, line {number}: expected {PREFIX}NAME=value"
            raise BadSettings(msg)
        value = value.strip()
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        environment.setdefault(name.strip(), value[1:-1] if quoted else value)


class SecretFiles(PydanticBaseSettingsSource):
    """Reads a secret from the file that `T_MINUS_X_FILE` names, without the line break at its end."""

    def __init__(self, settings_cls: type[BaseSettings], environment: Mapping[str, str]) -> None:
        super().__init__(settings_cls)
        self._environment = environment

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """The content of the file for that field, or None."""
        variable = f"{PREFIX}{field_name.upper()}"
        named = self._environment.get(f"{variable}{FILE_SUFFIX}")
        if not is_secret(field) or named is None:
            return None, field_name, False
        if variable in self._environment:
            msg = f"{variable}: expected it or {variable}{FILE_SUFFIX}, not both"
            raise BadSettings(msg)
        try:
            return Path(named).read_text(encoding="utf-8").rstrip("\r\n"), field_name, False
        except (OSError, UnicodeDecodeError) as error:
            msg = f"{variable}{FILE_SUFFIX}: expected a readable UTF-8 file"
            raise BadSettings(msg) from error

    def __call__(self) -> dict[str, Any]:
        """All secrets that stand in files."""
        found = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in found.items() if value is not None}


def is_secret(field: FieldInfo) -> bool:
    """True for a field that is typed as a secret."""
    return "SecretStr" in str(field.annotation)

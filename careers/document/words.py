"""Choices written as words in files: `high` for Demand.HIGH, so that nobody has to know a number."""

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class _ByName:
    """Reads a Django choices member by its lowercase name or its stored value; writes the name."""

    def __class_getitem__(cls, choices: Any) -> Any:
        return Annotated[choices, cls(choices)]

    def __init__(self, choices: Any) -> None:
        self.choices = choices

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        words = {member.name.lower(): member for member in self.choices}
        stored = {member.value: member for member in self.choices}

        def read(value: object) -> object:
            if isinstance(value, str | int) and not isinstance(value, bool):
                if value in words:
                    return words[str(value)]
                if value in stored:
                    return stored[value]
            raise ValueError(f"must be one of: {', '.join(words)}")

        return core_schema.no_info_plain_validator_function(
            read, serialization=core_schema.plain_serializer_function_ser_schema(lambda member: member.name.lower())
        )


if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")
    Named = Annotated[T, "by name"]
else:
    Named = _ByName

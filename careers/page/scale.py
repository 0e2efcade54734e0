"""Positions on a drawing: values to percent of its width."""

from dataclasses import dataclass

STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Tick:
    value: int
    x: str
    anchor: str  # class: "", "mid" or "end", so that the outer labels stay inside


@dataclass(frozen=True)
class Scale:
    """A linear axis from `low` to `high` with ticks every `step`."""

    low: int
    high: int
    step: int

    @classmethod
    def over(cls, smallest: int, largest: int, *, ticks: int = 6) -> "Scale":
        """A round axis around the values, with about so many ticks."""
        span = max(largest - smallest, 1)
        raw = span / (ticks - 2)
        size = 10 ** (len(str(int(raw))) - 1)
        step = max(int(next(s * size for s in STEPS if s * size >= raw)), 1)
        low = smallest // step * step
        high = -(-largest // step) * step
        return cls(low, high + step if high == low else high, step)

    def x(self, value: float) -> str:
        """Percent of the width, one decimal, as SVG wants it."""
        return f"{self.at(value):.1f}%"

    def at(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low) * 100

    def width(self, start: float, end: float) -> str:
        return f"{self.at(end) - self.at(start):.1f}%"

    def ticks(self) -> list[Tick]:
        values = range(self.low, self.high + 1, self.step)
        anchors = {self.low: "", self.high: "end"}
        return [Tick(value, self.x(value), anchors.get(value, "mid")) for value in values]

"""The bars: what is compared with what, and how the result is shown."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Bar:
    """`subject` has to reach `goal` times the requests per second of `yardstick`."""

    name: str
    subject: str
    yardstick: str
    goal: float


BARS = (
    Bar("Describe against bare Beast", "describe", "beast", 0.50),
    Bar("Start against the prototype", "start", "prototype", 0.60),
    Bar("Describe against moto", "describe", "moto-describe", 100),
    Bar("Start against moto", "start", "moto-start", 15),
)
JUDGED_AT = 64  # connections


def compare(results):
    """[{bar, connections, goal, ratio, cpu_ratio, reached}]; `reached` is null where the bar is not judged.

    ratio: requests per second, subject : yardstick. cpu_ratio: CPU per request, yardstick : subject; it says the same on
    a machine that has other work, where the ratio of the rates does not.
    """
    rows = []
    for bar in BARS:
        for connections, found in results.items():
            if bar.subject not in found or bar.yardstick not in found:
                continue
            subject, yardstick = found[bar.subject], found[bar.yardstick]
            ratio = subject["requests_per_second"] / yardstick["requests_per_second"]
            rows.append({
                "bar": bar.name, "connections": connections, "goal": bar.goal, "ratio": ratio,
                "cpu_ratio": yardstick["cpu_microseconds"] / subject["cpu_microseconds"],
                "reached": ratio >= bar.goal if connections == JUDGED_AT else None})
    return rows


def show(results, rows):
    """Both tables, as text."""
    lines = [f"{'':<16}{'conn.':>6}{'req/s':>10}{'CPU us/req':>12}{'p50 ms':>9}{'p99 ms':>9}"]
    for connections, found in results.items():
        for name, figures in found.items():
            lines.append(f"{name:<16}{connections:>6}{figures['requests_per_second']:>10,.0f}"
                         f"{figures['cpu_microseconds']:>12.1f}{figures['p50_ms']:>9.2f}{figures['p99_ms']:>9.2f}")
    lines += ["", f"{'':<30}{'conn.':>6}{'ratio':>9}{'by CPU':>9}{'goal':>7}"]
    for row in rows:
        verdict = {None: "", True: "  reached", False: "  MISSED"}[row["reached"]]
        lines.append(f"{row['bar']:<30}{row['connections']:>6}{row['ratio']:>9.2f}{row['cpu_ratio']:>9.2f}"
                     f"{row['goal']:>7g}{verdict}")
    return "\n".join(lines)

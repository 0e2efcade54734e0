"""Carries out a plan: database, steps, programs; then keeps the programs alive until it is asked to stop."""

import math
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http import HTTPStatus

from portal.database import BASE_DIR, ensure_database_url
from portal.supervise.children import TICK, Children, Process, lines_of
from portal.supervise.output import Output
from portal.supervise.plan import Plan, Program, Step
from portal.supervise.signals import Signals, Stopped, interrupt_on_all

LONGEST_PAUSE = 30.0  # seconds before a program that keeps dying is started again
SETTLED = 20.0  # seconds after which a program counts as healthy, and its next pause is the short one again
DATABASE_CHECK = 2.0  # seconds between looks at the local server
SLOW_START = 60.0  # seconds after which a web server that does not answer is mentioned
RULE = "─" * 72


@dataclass
class Running:
    """A program and its current process; between two of them it waits until `due`."""

    program: Program
    process: Process | None = None
    started: float = 0.0
    due: float = 0.0
    deaths: int = 0

    def pause(self, now: float) -> float:
        """Seconds to wait after a death: 0.5, 1, 2, 4 ..."""
        self.deaths = 1 if now - self.started > SETTLED else self.deaths + 1
        return min(0.5 * 2.0 ** (self.deaths - 1), LONGEST_PAUSE)


def supervise(plan: Plan) -> int:
    """Run until asked to stop. The exit code: 0 then, 1 when it could not start."""
    out = Output()
    if problem := plan.address.problem():
        out.line(problem)
        return 1
    interrupt_on_all()  # the launcher may have to wait for another process; it cleans up behind itself
    try:
        is_local = ensure_database_url()
    except KeyboardInterrupt:
        return 0
    signals = Signals()
    signals.install()
    out.say("Local database: up" if is_local else "Database: the one in DATABASE_URL")
    children = Children(signals, str(BASE_DIR) if is_local else "")
    supervisor = Supervisor(plan, out, signals, children, is_local=is_local)
    try:
        return supervisor.run()
    finally:
        supervisor.stop()
        if is_local:
            _release_database()
        out.say("Everything is stopped")


class Supervisor:
    def __init__(self, plan: Plan, out: Output, signals: Signals, children: Children, *, is_local: bool) -> None:
        self.plan = plan
        self.out = out
        self.signals = signals
        self.children = children
        self.is_local = is_local
        self.running = [Running(program) for program in plan.programs]
        self.sign_ins: list[str] = []
        self.database_due = 0.0  # when to look at it again
        self.slow_at = math.inf  # when to say that the web server takes long
        self.is_announced = False

    def run(self) -> int:
        try:
            if all(self.take(step) for step in self.plan.steps):
                self.watch()
        except Stopped:
            return 0
        return 1

    def stop(self) -> None:
        self.out.say("Stopping")
        self.children.end([one.process for one in self.running if one.process])
        self.children.close()

    # --- steps -------------------------------------------------------------------------------

    def take(self, step: Step) -> bool:
        """Whether the step succeeded, or was optional and does not exist."""
        began = time.monotonic()
        process = self.children.start(step.command)
        lines: list[str] = []
        reader = threading.Thread(target=self._read, args=(step, process, lines))
        reader.start()
        try:
            while process.poll() is None:
                self.signals.check()
                time.sleep(TICK / 4)
        finally:
            self.children.end([process])
            reader.join()
        if process.returncode == 0:
            self.out.say(f"{step.title}: done in {time.monotonic() - began:.1f} s")
            return True
        if step.is_optional and any("Unknown command" in line for line in lines):
            return True
        if not step.is_shown:
            self.out.line("\n".join(lines))
        self.out.say(f"{step.title}: failed (code {process.returncode})")
        return False

    def _read(self, step: Step, process: Process, lines: list[str]) -> None:
        """Keep a step's output. Sign-ins wait for the box at the end, where people look."""
        for line in lines_of(process):
            lines.append(line)
            if step.is_shown and "@" in line:
                self.sign_ins.append(line.strip())
            elif step.is_shown:
                self.out.line(f"          {line}")

    # --- programs ----------------------------------------------------------------------------

    def watch(self) -> None:
        """Keep the programs alive. Ends only by Stopped."""
        self.slow_at = time.monotonic() + SLOW_START
        while True:
            self.signals.check()
            self._keep_database()
            for one in self.running:
                self._keep(one)
            if not self.is_announced:
                self._await_web()
            time.sleep(TICK)

    def _keep_database(self) -> None:
        if self.is_local and time.monotonic() > self.database_due:
            if news := _revive_database():
                self.out.say(f"Local database: {news}")
            self.database_due = time.monotonic() + DATABASE_CHECK

    def _await_web(self) -> None:
        if status := _status(self.plan.address.probe):
            self._announce(status)
            self.is_announced = True
        elif time.monotonic() > self.slow_at:
            self.out.say(f"{self.plan.address.probe} does not answer yet; the lines above may say why")
            self.slow_at = math.inf

    def _keep(self, one: Running) -> None:
        now = time.monotonic()
        if one.process is None:
            if now >= one.due:
                self._start(one, now)
        elif (code := one.process.poll()) is not None:
            self.children.end([one.process])  # its own children may have outlived it, and hold the port
            one.process = None
            pause = one.pause(now)
            one.due = now + pause
            self.out.say(f"{one.program.name} ended (code {code}); starting it again in {pause:g} s")

    def _start(self, one: Running, now: float) -> None:
        one.process, one.started = self.children.start(one.program.command), now
        threading.Thread(target=self._pump, args=(one.program.name, one.process), daemon=True).start()

    def _pump(self, name: str, process: Process) -> None:
        for line in lines_of(process):
            self.out.line(f"{name:>6} | {line}")

    def _announce(self, status: int) -> None:
        self.out.say("Ready" if status == HTTPStatus.OK else f"Running, but /healthz answers {status}; the web lines may say why")
        sign_ins = [f"  {line}" for line in self.sign_ins]
        self.out.line("\n".join([RULE, f"  {self.plan.address.url}/", *sign_ins, "  Ctrl-C stops everything.", RULE]))


def _status(url: str) -> int:
    """The status that the web server answers with, 0 when it does not answer."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(url, timeout=1) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0


def _revive_database() -> str:
    """Start the local server again if it died, and say so; empty when it lives. Web and worker find it again by themselves."""
    from portal import localpg

    try:
        return "it died and was started again" if localpg.revive() else ""
    except localpg.LocalPgError as error:
        return str(error)


def _release_database() -> None:
    from portal import localpg

    localpg.release()

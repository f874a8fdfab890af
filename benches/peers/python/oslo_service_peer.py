"""What oslo.service's periodic tasks cost: lines of a name and nanoseconds of processor time."""
import logging
import statistics
import time

from oslo_config import cfg
from oslo_service import periodic_task

logging.disable(logging.CRITICAL)


def manager(count, spacing):
    """A manager of so many tasks; the class is made at run time, as its tasks belong to the class."""
    def make(number):
        def task(self, context):
            self.runs += 1
        task.__name__ = f"t{number}"
        return periodic_task.periodic_task(spacing=spacing, run_immediately=False)(task)

    methods = {f"t{number}": make(number) for number in range(count)}
    methods["runs"] = 0
    made = type("Fleet", (periodic_task.PeriodicTasks,), methods)
    return made(cfg.ConfigOpts())


def cost(call):
    begun = time.thread_time_ns()
    call()
    return time.thread_time_ns() - begun


def idle(count):
    fleet = manager(count, 3600)
    return statistics.median(cost(lambda: fleet.run_periodic_tasks(None)) for _ in range(9))


def run(count):
    fleet = manager(count, 60)
    costs = []
    for _ in range(9):
        for name in list(fleet._periodic_last_run):
            fleet._periodic_last_run[name] = time.monotonic() - 100
        before = fleet.runs
        spent = cost(lambda: fleet.run_periodic_tasks(None))
        costs.append(spent / max(1, fleet.runs - before))
    return statistics.median(costs)


print("idle", idle(10_000))
print("run", run(1_000))

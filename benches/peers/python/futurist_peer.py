"""What futurist's periodic worker costs: lines of a name and nanoseconds of processor time."""
import statistics
import threading
import time

from futurist import periodics


def worker(count, spacing, runs):
    def make():
        @periodics.periodic(spacing=spacing)
        def task():
            runs[0] += 1
        return task

    return periodics.PeriodicWorker([(make(), (), {}) for _ in range(count)])


def serve(made, seconds):
    """What the worker's thread spends of the processor in so many seconds."""
    spent = []

    def main():
        begun = time.thread_time_ns()
        made.start(allow_empty=True)
        spent.append(time.thread_time_ns() - begun)

    thread = threading.Thread(target=main)
    thread.start()
    time.sleep(seconds)
    made.stop()
    made.wait()
    thread.join()
    return spent[0]


def run(count):
    costs = []
    for _ in range(7):
        runs = [0]
        made = worker(count, 0.5, runs)
        spent = serve(made, 1.8)
        costs.append(spent / max(1, runs[0]))
    return statistics.median(costs)


def idle(count):
    """The worker takes the front of its heap, sees that it is not due, and puts it back."""
    made = worker(count, 3600, [0])
    schedule = made._schedule
    begun = time.thread_time_ns()
    looks = 100_000
    for _ in range(looks):
        schedule.push(*schedule.pop())
    return (time.thread_time_ns() - begun) / looks


print("idle", idle(10_000))
print("run", run(1_000))

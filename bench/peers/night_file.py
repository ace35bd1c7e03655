"""What the two Python screens show: the steps of a night, and a file that is followed."""
import os


class Followed:
    def __init__(self, path):
        self.fd, self.held, self.lines = os.open(path, os.O_RDONLY), b"", []

    def more(self):
        """Whether lines have come."""
        before = len(self.lines)
        while got := os.read(self.fd, 65536):
            *whole, self.held = (self.held + got).split(b"\n")
            self.lines += [line.decode() for line in whole]
        return len(self.lines) > before

    def last(self, count):
        return self.lines[-count:] if count > 0 else []


def step(row):
    state = ("✓ done", "▸ running", "· pending", "✗ failed", "○ muted")[row % 5]
    return (f"{state:<12}  Sun {row % 24:02}:15  Sun {(row + 9) % 24:02}:45  step-{row}-of-the-night, patch and verify"
        f"    │ IC-Web{row:<3} {state}  {row % 6}/5")

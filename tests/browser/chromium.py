"""Finds the browser of the tests; run as a program, gets one where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

# Without these a headless Chromium in a container needs a sandbox it cannot have, and calls home.
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """The path of a Chromium: Debian's, else the one that Playwright has downloaded, else None."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """With apt where that is allowed; Playwright's own download elsewhere."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Browser: installing Debian's chromium", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    else:
        print("Browser: downloading Playwright's Chromium", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def main() -> None:
    if find() is None:
        try:
            install()
        except subprocess.CalledProcessError as error:
            sys.exit(f"No browser could be installed ({error}): install chromium and run make test again.")
    print(f"Browser: {find()}")


if __name__ == "__main__":
    main()

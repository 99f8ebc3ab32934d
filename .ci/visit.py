"""Visits the main pages of a running portal, one of each kind, and fails on any answer but 200.

PORTAL is its address, PORTAL_PID the process that is starting it. Needs nothing but Python.
"""

import os
import re
import sys
import time
import urllib.error
import urllib.request

PORTAL = os.environ["PORTAL"]
PAGES = ["/healthz", "/readyz", "/", "/en/", "/robots.txt", "/sitemap.xml", "/favicon.ico", "/admin/login/"]
STATIC_PAGES = ["/en/about/", "/en/method/", "/en/legend/", "/en/accessibility/", "/en/style-guide/"]
LISTS = ["articles", "agreements", "countries", "topics", "outlets"]


def fetch(path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(PORTAL + path, timeout=30) as response:
            return response.status, response.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, ""


def wait() -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        os.kill(int(os.environ["PORTAL_PID"]), 0)  # raises when make run has ended
        try:
            if fetch("/readyz")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.5)
    sys.exit("The portal was not ready within five minutes.")


def main() -> None:
    wait()
    pages = PAGES + STATIC_PAGES
    failures = 0
    for name in LISTS:
        overview = f"/en/{name}/"
        found = re.findall(rf'href="({overview}[a-z0-9]+/[^"?#]*)"', fetch(overview)[1])
        pages += [overview, *found[:1]]
        if not found:
            print(f"none  {overview} links to no page of its own")
            failures += 1
    pages += sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', fetch("/en/")[1])))
    for page in pages:
        status, _ = fetch(page)
        print(f"{status}   {page}")
        failures += status != 200
    print(f"{len(pages)} pages fetched, {failures} failures")
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()

"""A survey completes in Chromium 79, the age of browser that cheap tablets have.

Run: npm install --ignore-scripts chrome-aws-lambda@2.0.2 --prefix FOLDER, then
PYTHONPATH=.:tests python tests/benchmarks/old_browser.py FOLDER. Node unpacks its browser and
drives it through the puppeteer-core that comes with it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import tablet
from serving import running

from skm import instance
from skm.store import open_store
from skm.store.rows import distribution

DRIVER = """
const fs = require("fs"), zlib = require("zlib"), path = require("path");
const [folder, kiosk, profile] = process.argv.slice(2);
const puppeteer = require(path.join(folder, "node_modules/puppeteer-core"));
const packed = path.join(folder, "node_modules/chrome-aws-lambda/bin/chromium.br");
const binary = path.join(profile, "chromium");
fs.writeFileSync(binary, zlib.brotliDecompressSync(fs.readFileSync(packed)), { mode: 0o755 });
const pause = ms => new Promise(done => setTimeout(done, ms));
(async () => {
  const browser = await puppeteer.launch({ executablePath: binary, headless: true, args: [
    "--no-sandbox", "--single-process", "--no-zygote", "--disable-gpu",
    "--host-resolver-rules=MAP kiosk.test 127.0.0.1"] });
  console.log(await browser.version());
  const page = await browser.newPage();
  page.on("pageerror", error => console.log("error", error.message));
  page.on("console", said => console.log("console", said.text()));
  await page.setViewport({ width: 600, height: 960 });
  await page.goto(kiosk);
  await pause(2000);
  const press = async selector => {
    await pause(600);
    await page.evaluate(wanted => [...document.querySelectorAll(wanted)]
      .find(button => button.offsetParent).click(), selector);
  };
  await press("[data-go=next]");
  for (let screen = 0; screen < 15; screen += 1) await press(".screen.current button.answer");
  for (let screen = 0; screen < 4; screen += 1) await press("[data-go=skip]");
  await page.screenshot({ path: path.join(profile, "last.png") });
  await press(".screen.last.current [type=submit]");
  await pause(1500);
  console.log(await page.evaluate(() => document.querySelector("[data-place=thanks]").innerText));
  await press("[data-go=done]");
  await pause(3000);
  await browser.close();
})().catch(error => { console.log(error); process.exit(1); });
"""


def main(folder: str) -> None:
    """Let the old browser answer once, and look at what the office has."""
    place = Path(tempfile.mkdtemp())
    office = instance.init(place / "kantor")
    driver = place / "driver.js"
    driver.write_text(DRIVER)
    with running(office) as server:
        kiosk = f"{tablet.address(server)}#{tablet.invited(office)}"
        subprocess.run(["node", driver, Path(folder).resolve(), kiosk, place], check=True)
        with open_store(office) as store:
            print(distribution(store, office.questionnaire()).respondents, "response stored")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""An office's folder: its paths, its ``office.toml``, and how a new one is made."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cached_property
from pathlib import Path

from skm import form, resources
from skm.errors import refuse
from skm.hint_rules import HintRules, hint_rules
from skm.toml_file import Table, TomlFile

ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}
REPORT_PERIODS = ("bulan", "triwulan", "semester", "tahun")
PAPERS = ("A4", "F4")
SIGNATURES = ("basah", "elektronik")
NOON = time(12, 30)
"""Before it a survey counts as ``pagi``, from it on as ``siang``."""

_SERVICE_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NEW_OFFICE = Path(__file__).with_name("new_office.toml")
_SAMPLE = ("office.toml", "lkip/*.toml", "skm/*.csv")


@dataclass(frozen=True)
class Service:
    """One service of the counter.

    Attributes:
        code: short name in addresses and files.
        free: whether the law makes it free of charge.
        online: whether it is served online and so asks the online variants of questions.
    """

    code: str
    name: str
    free: bool
    online: bool


@dataclass(frozen=True)
class Office:
    """What ``office.toml`` says of an office; keys in contracts.md."""

    name: str
    district: str
    address: str
    zone: str
    form: str
    scale: str
    report_period: str
    own_phone: bool
    languages: tuple[str, ...]
    paper: str
    font: str | None
    margins_mm: tuple[int, ...]
    signature: str
    signature_tag: str
    backup_folder: str | None
    retention_months: int
    workdays: tuple[int, ...]
    holidays: tuple[date, ...]
    hours: tuple[time, time]
    services: tuple[Service, ...]
    hints: HintRules

    @cached_property
    def timezone(self) -> timezone:
        """Its zone: Indonesia's three know no summer time, so an offset says all."""
        return timezone(timedelta(hours=ZONES[self.zone]), self.zone)

    def service(self, code: str) -> Service | None:
        """The service of a code, or None."""
        return next((service for service in self.services if service.code == code), None)

    def works_on(self, day: date) -> bool:
        """Whether it is open on a day."""
        return day.isoweekday() in self.workdays and day not in self.holidays

    def workdays_in(self, first: date, last: date) -> int:
        """How many days it is open from one day to another, both counted."""
        span = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return sum(map(self.works_on, span))

    def day_and_half(self, moment: datetime) -> tuple[date, str]:
        """Day and half-day of a moment at the office, all that is kept of a time."""
        local = moment.astimezone(self.timezone)
        return local.date(), "pagi" if local.time() < NOON else "siang"


@dataclass(frozen=True)
class Instance:
    """An office's folder and what stands where in it."""

    root: Path
    office: Office

    @property
    def database(self) -> Path:
        """The store."""
        return self.root / "skm.db"

    @property
    def own_forms(self) -> Path:
        """Questionnaires of the office itself."""
        return self.root / "forms"

    @property
    def recordings(self) -> Path:
        """Questions read aloud: ``<language>/<question>.ogg`` or ``.mp3``."""
        return self.root / "suara"

    @property
    def deletions(self) -> Path:
        """Ids that were deleted or purged; stands outside the database on purpose."""
        return self.root / "deletions.log"

    @property
    def secret_key(self) -> Path:
        """The key that signs forms and sessions, made at the first start."""
        return self.root / "secret.key"

    @property
    def backups(self) -> Path:
        """The folder of the office's own backups."""
        return self.root / "backups"

    def plan(self, year: int) -> Path:
        """The plan file of a year's performance report."""
        return self.root / "lkip" / f"{year}.toml"

    def reports(self, period: object) -> Path:
        """The folder of a period's or year's output; not made yet."""
        return self.root / "reports" / str(period)

    def questionnaire(self) -> form.Form:
        """The form in use."""
        return form.find_form(self.office.form, self.own_forms)


def locate(folder: Path | None) -> Path:
    """The instance folder: as given, else ``SKM_INSTANCE``, else ``./instance``."""
    return folder or Path(os.environ.get("SKM_INSTANCE") or "instance")


def open_instance(folder: Path | None = None) -> Instance:
    """Open an office's folder.

    Raises:
        SkmError: there is no ``office.toml``, or it has faults; all of them are named.
    """
    root = locate(folder)
    file = root / "office.toml"
    if not file.is_file():
        raise refuse(
            "Folder ini bukan folder kantor: office.toml tidak ada",
            file=root,
            todo="Buat dengan «skm init FOLDER», atau tunjuk dengan --instance FOLDER.",
        )
    return Instance(root, read_office(file))


def init(target: Path, *, new: bool = False) -> Instance:
    """Make an office's folder from the sample office, or an empty one with the form in force.

    Raises:
        SkmError: the folder holds something already.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise refuse("Folder sudah berisi", file=target, todo="Pilih folder kosong atau baru.")
    sample = resources.folder("instance")
    found = [file for pattern in _SAMPLE for file in sorted(sample.glob(pattern))]
    copies = (
        {_NEW_OFFICE: target / "office.toml"}
        if new
        else {file: target / file.relative_to(sample) for file in found}
    )
    for source, copy in copies.items():
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
    return open_instance(target)


def read_office(file: Path) -> Office:
    """Read and check an ``office.toml``.

    Raises:
        SkmError: every fault with its key.
    """
    document = TomlFile(file)
    keys = document.root
    office = Office(
        name=keys.text("kantor"),
        district=keys.text("kabupaten"),
        address=keys.optional_text("alamat") or "",
        zone=keys.choice("zona", tuple(ZONES)),
        form=keys.text("formulir"),
        scale=keys.choice("skala", ("2017", "2004"), default="2017"),
        report_period=keys.choice("periode_laporan", REPORT_PERIODS, default="semester"),
        own_phone=keys.flag("isi", default=False),
        languages=keys.texts("bahasa") if "bahasa" in keys else ("id",),
        paper=keys.choice("kertas", PAPERS, default="A4"),
        font=keys.optional_text("huruf"),
        margins_mm=keys.wholes("tepi_mm", 0, 60, default=()),
        signature=keys.choice("tanda_tangan", SIGNATURES, default="basah"),
        signature_tag=keys.optional_text("tag_tte") or "#",
        backup_folder=keys.optional_text("cadangan"),
        retention_months=keys.whole_between("retensi_bulan", 1, 600, default=24),
        workdays=keys.wholes("hari_kerja", 1, 7, default=(1, 2, 3, 4, 5)),
        holidays=keys.days("libur"),
        hours=_hours(keys),
        services=_services(keys),
        hints=hint_rules(keys.optional_table("petunjuk")),
    )
    document.refuse_faults()
    return office


def _hours(keys: Table) -> tuple[time, time]:
    written = keys.texts("jam_buka") if "jam_buka" in keys else ("07.30", "15.30")
    try:
        opening, closing = (time.fromisoformat(hour.replace(".", ":")) for hour in written)
    except ValueError:
        opening = closing = time(0)
    if opening >= closing:
        keys.fault(
            "jam_buka", "Jam buka salah", found=list(written), expected='["07.30", "15.30"]'
        )
    return opening, closing


def _services(keys: Table) -> tuple[Service, ...]:
    services: dict[str, Service] = {}
    for table in keys.tables("layanan"):
        service = Service(
            code=table.text("kode"),
            name=table.text("nama"),
            free=table.flag("gratis", default=True),
            online=table.flag("daring", default=False),
        )
        if service.code and not _SERVICE_CODE.fullmatch(service.code):
            table.fault(
                "kode",
                "Kode layanan salah",
                found=service.code,
                expected="huruf kecil, angka, dan tanda hubung",
            )
        if service.code in services:
            table.fault("kode", "Tertulis dua kali", found=service.code)
        services[service.code] = service
    return tuple(services.values())

"""Looking up what is judged: files, database, disk, clock and network."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import sys
from datetime import date, datetime
from pathlib import Path

from skm.doctor.values import BackupProbe, DatabaseProbe, Probes, TabletProbe
from skm.errors import Fault, SkmError
from skm.instance import Instance
from skm.language import load_language
from skm.store import Store, open_store, tablets
from skm.store.backup import last_failure, newest_backup, second_folder
from skm.store.lock import SERVING, is_held
from skm.store.numbers import Numbers
from skm.store.old_copies import ASIDE
from skm.store.remembered import ADDRESS, recall
from skm.store.rotation import backups_in
from skm.web.address import has_moved, is_ours, lan_address

_SYNCHRONOUS = {0: "off", 1: "normal", 2: "full", 3: "extra"}
_NETWORK_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW
_NETWORK_SYSTEMS = ("nfs", "cifs", "smb", "fuse.sshfs", "davfs", "afs")
_MOUNTS = Path("/proc/mounts")


def probe(instance: Instance) -> Probes:
    """Look everything up; what cannot be looked up is a finding, not an error."""
    database, in_use, remembered = _stored(instance)
    folder = instance.root.resolve()
    return Probes(
        now=datetime.now().astimezone(),
        office=instance.office,
        folder=folder,
        network_share=is_network_share(folder),
        free_bytes=shutil.disk_usage(folder).free,
        database=database,
        backups=_backups(instance),
        tablets=in_use,
        form_fault=_form_fault(instance),
        moved=_moved(remembered),
        address=remembered,
        key_readable_by_others=_readable_by_others(instance.secret_key),
        serving=is_held(instance.root / SERVING),
    )


def file_system(folder: Path, mounts: str) -> str:
    r"""The kind of file system a folder lies on, by the system's list of mounts.

    >>> file_system(Path("/srv/kantor/skm"), "/dev/sda1 / ext4 rw 0 0\nnas:/k /srv cifs rw 0 0")
    'cifs'
    """
    found = ("", "")
    for line in mounts.splitlines():
        _, place, kind, *_ = (*line.split(), "", "", "")
        mounted = place.replace("\\040", " ")
        if mounted and folder.is_relative_to(mounted) and len(mounted) >= len(found[0]):
            found = (mounted, kind)
    return found[1]


def is_network_share(folder: Path) -> bool:
    """Whether a folder lies on another computer, where SQLite's log cannot be trusted."""
    if sys.platform == "win32":
        import ctypes

        drive = folder.anchor
        return drive.startswith("\\\\") or (
            ctypes.windll.kernel32.GetDriveTypeW(drive) == _NETWORK_DRIVE
        )
    try:
        kind = file_system(folder, _MOUNTS.read_text("utf-8", "replace"))
    except OSError:
        return False
    return kind.startswith(_NETWORK_SYSTEMS)


def _stored(instance: Instance) -> tuple[DatabaseProbe, tuple[TabletProbe, ...], str | None]:
    if not instance.database.is_file():
        return DatabaseProbe(exists=False), (), None
    try:
        with open_store(instance) as store:
            in_use = _tablets(store)
            return _database(store, in_use), in_use, recall(store, ADDRESS)
    except (SkmError, sqlite3.DatabaseError) as error:
        return DatabaseProbe(exists=True, fault=str(error)), (), None


def _database(store: Store, in_use: tuple[TabletProbe, ...]) -> DatabaseProbe:
    reader = store.reader
    ((checked,),) = reader.execute("PRAGMA quick_check(1)")
    ((journal,),) = reader.execute("PRAGMA journal_mode")
    ((synchronous,),) = reader.execute("PRAGMA synchronous")
    ((responses, last),) = reader.execute(
        "SELECT count(*) FILTER (WHERE state IN ('stored', 'corrected')), max(received)"
        " FROM receipt"
    )
    received = date.fromisoformat(last) if last else None
    seen = [tablet.last_seen for tablet in in_use if tablet.last_seen]
    return DatabaseProbe(
        exists=True,
        fault=None if checked == "ok" else f"Rusak: {checked}. Lihat «skm verify».",
        kept=f"{journal}, {_SYNCHRONOUS[synchronous]}",
        responses=responses,
        last_received=received,
        last_trace=max([*seen, *([received] if received else [])], default=None),
    )


def _tablets(store: Store) -> tuple[TabletProbe, ...]:
    return tuple(
        TabletProbe(tablet.name, tablet.paired, tablet.last_seen, _missing(store, tablet.device))
        for tablet in tablets.all_tablets(store)
        if not tablet.revoked
    )


def _missing(store: Store, device: str | None) -> int:
    return len(Numbers.of(store.reader, device).missing()) if device else 0


def _backups(instance: Instance) -> BackupProbe:
    newest = newest_backup(instance)
    second = second_folder(instance)
    there = second is not None and second.is_dir()
    in_second = backups_in(second) if second else ()
    return BackupProbe(
        last=newest.day if newest else None,
        failure=last_failure(instance),
        second=second,
        second_there=there,
        second_last=in_second[-1].day if in_second else None,
        same_disk=bool(second and there and second.stat().st_dev == instance.root.stat().st_dev),
        aside=tuple(sorted(file.name for file in instance.root.glob(f"{ASIDE}*.db"))),
    )


def _form_fault(instance: Instance) -> str | None:
    try:
        instance.questionnaire()
        for code in instance.office.languages:
            load_language(code, instance.own_forms)
    except SkmError as error:
        return str(error)
    return None


def _moved(remembered: str | None) -> Fault | None:
    if remembered is None or is_ours(remembered):
        return None
    return has_moved(remembered, lan_address() or "tidak terhubung ke jaringan")


def _readable_by_others(key: Path) -> bool | None:
    if os.name != "posix" or not key.exists():
        return None
    return bool(stat.S_IMODE(key.stat().st_mode) & 0o077)

"""The system account that the servers run as: PostgreSQL refuses root, so root lends them `nobody`."""

import os
import pwd
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Account:
    """Who owns the servers' files, and the arguments that make `subprocess` run as that account."""

    uid: int
    gid: int
    arguments: dict[str, Any] = field(default_factory=dict)

    def own(self, path: Path) -> None:
        """Give one file or folder to the account."""
        if self.arguments:
            os.chown(path, self.uid, self.gid)

    def reaches(self, folder: Path) -> bool:
        """Whether the account can walk into `folder`."""
        resolved = folder.resolve()
        return all(self._may_enter(step) for step in (resolved, *resolved.parents))

    def _may_enter(self, folder: Path) -> bool:
        about = folder.stat()
        return not self.arguments or about.st_uid == self.uid or bool(about.st_mode & stat.S_IXOTH)


def servers_account() -> Account:
    """The account of this process, or `nobody` when this process is root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid, {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []})

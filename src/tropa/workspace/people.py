"""People of a workspace: what each role may do, names and passwords that are accepted, signing in."""

from __future__ import annotations

import hashlib
import threading
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from tropa.errors import TropaError
from tropa.store.documents import Documents
from tropa.store.documents.names import name_key

if TYPE_CHECKING:
    import argon2

    from tropa.store.documents.people import Account, Role

Right = Literal["open", "read", "edit", "analyse", "own"]
"""open: nobody is asked who they are. analyse also means to see personal data."""

RIGHTS: dict[Role, frozenset[Right]] = {
    "reader": frozenset({"open", "read"}),
    "editor": frozenset({"open", "read", "edit"}),
    "analyst": frozenset({"open", "read", "edit", "analyse"}),
    "owner": frozenset({"open", "read", "edit", "analyse", "own"}),
}

MAX_NAME = 100
MIN_PASSWORD = 10
MAX_PASSWORD = 1000
GUESS_MINUTES = 15
GUESSES_A_NAME = 8
"""From one address; more from it say nothing about the others, where the one who has the name may sit."""
GUESSES_EVERYWHERE = 100
"""At one name from all addresses together."""
GUESSES_AN_ADDRESS = 40

_TOO_MANY = threading.BoundedSemaphore(2)
"""A hash takes 64 MB: no more than two are made at once, however many sign in."""


class Accounts:
    """Signing in, and accounts with passwords. What is stored is in `documents.people`."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def any(self) -> bool:
        """Whether anybody has an account. Where nobody has, everybody on the machine is the owner."""
        return not self._documents.empty and self._documents.people.any()

    def sign_in(self, name: str, password: str, address: str) -> tuple[Account, str]:
        """The account and the token of a new session.

        Args:
            name: as it was typed.
            password: as it was typed.
            address: from where; guesses are counted by name at this address, by name, and by address.

        Raises:
            TropaError: (signin) name and password do not fit: which of them is not told; (throttled) too many guesses.
        """
        people, sessions = self._documents.people, self._documents.sessions
        by_name = "name:" + hashlib.sha256(_normal(name_key(name[:MAX_PASSWORD]))).hexdigest()
        here = f"{by_name}@{address}"
        limits = {here: GUESSES_A_NAME, by_name: GUESSES_EVERYWHERE, f"address:{address}": GUESSES_AN_ADDRESS}
        wait = sessions.guess(limits, GUESS_MINUTES)
        if wait:
            raise TropaError("Too many attempts to sign in.", f"Try again in {-(-wait // 60)} min.", kind="throttled")
        known = people.named(name)
        # Where there is no such name, a hash is looked at all the same: the time it takes must not tell.
        right = self._fits(self._nobody if known is None else known[1], password)
        if known is None or not right:
            raise TropaError("Name and password do not fit.", "Look at the letters and at the layout.", kind="signin")
        # Guesses from elsewhere stay counted: whoever signs in does not know of them.
        sessions.forget(here)
        account, hash_ = known
        if self._hasher.check_needs_rehash(hash_):
            people.set_password(account.id, self.hash(password))
        return account, sessions.open(account.id)

    def add(self, name: str, role: Role, password: str, first: bool = False) -> Account:
        """Make an account.

        Raises:
            TropaError: (usage) a name or a password that is not accepted; (conflict) the name is taken.
        """
        name = checked_name(name)
        if not first and role != "owner" and not self.any():
            raise TropaError(
                "The first account has to be an owner's.", "Make an owner first; others come after.", kind="usage"
            )
        return self._documents.people.add(name, role, self.hash(checked_password(password, name)), first)

    def accept(self, token: str, name: str, password: str) -> tuple[Account, str]:
        """Use an invitation: the account and the token of a new session.

        Raises:
            TropaError: (not_found) it cannot be used; (usage) a name or a password that is not accepted; (conflict)
                the name is taken.
        """
        invitations = self._documents.invitations
        _, renewed = invitations.by_token(token)
        name = checked_name(name) if renewed is None else renewed.name
        account = invitations.accept(token, name, self.hash(checked_password(password, name)))
        return account, self._documents.sessions.open(account.id)

    def change_password(self, account: Account, current: str, fresh: str, session: str, address: str) -> int:
        """Choose another password; all other sessions end; how many that were.

        Raises:
            TropaError: (usage) the current one does not fit, or the fresh one is not accepted; (throttled) too many
                guesses.
        """
        people, sessions = self._documents.people, self._documents.sessions
        if sessions.guess(
            {f"person:{account.id}": GUESSES_A_NAME, f"address:{address}": GUESSES_AN_ADDRESS}, GUESS_MINUTES
        ):
            raise TropaError("Too many attempts.", f"Try again in {GUESS_MINUTES} min.", kind="throttled")
        if not self._fits(people.password_of(account.id), current):
            raise TropaError("The current password does not fit.", "Look at the letters and at the layout.", "usage")
        ended = people.set_password(account.id, self.hash(checked_password(fresh, account.name)), keep=session)
        sessions.forget(f"person:{account.id}")
        return ended

    def set_password(self, account: Account, fresh: str) -> None:
        """Give somebody another password, without knowing the current one; their sessions end.

        Raises:
            TropaError: (usage) a password that is not accepted.
        """
        self._documents.people.set_password(account.id, self.hash(checked_password(fresh, account.name)))

    def hash(self, password: str) -> str:
        """What is kept of a password."""
        with _TOO_MANY:
            return self._hasher.hash(_normal(password))

    def _fits(self, hash_: str, password: str) -> bool:
        from argon2.exceptions import Argon2Error, InvalidHashError

        with _TOO_MANY:
            try:
                return self._hasher.verify(hash_, _normal(password[:MAX_PASSWORD]))
            except (Argon2Error, InvalidHashError):
                return False

    @cached_property
    def _hasher(self) -> argon2.PasswordHasher:
        try:
            import argon2
        except ImportError:
            raise TropaError(
                "Accounts need a library for passwords.", "Install it: pip install 'tropa[people]'.", kind="workspace"
            ) from None
        return argon2.PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        return self.hash("a password that nobody has")


def may(role: Role, right: Right) -> bool:
    """Whether a role has a right."""
    return right in RIGHTS[role]


def checked_name(name: str) -> str:
    """The name without spaces around it.

    Raises:
        TropaError: (usage) an empty, too long or unprintable one.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name or len(name) > MAX_NAME:
        raise TropaError(f"A name has 1 to {MAX_NAME} letters.", "Give one, or an e-mail address.", kind="usage")
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") for letter in name):
        raise TropaError("The name has letters that cannot be seen.", "Type it by hand.", kind="usage")
    return name


def checked_password(password: str, name: str) -> str:
    """The password as it is.

    Raises:
        TropaError: (usage) one that is too short, too long or too easily guessed.
    """
    said = None
    if len(password) < MIN_PASSWORD:
        said = f"A password has {MIN_PASSWORD} characters at least."
    elif len(password) > MAX_PASSWORD:
        said = f"A password has {MAX_PASSWORD} characters at most."
    elif len(set(password)) < 5 or name_key(password) in (name_key(name), name_key(name) * 2):
        said = "This password is too easily guessed."
    if said:
        raise TropaError(said, "A few words that have nothing to do with each other are good.", kind="usage")
    return password


def _normal(password: str) -> bytes:
    """Letters that look the same are the same, whatever keyboard wrote them."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")

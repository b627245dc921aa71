"""A server that speaks the OpenAI protocol, one's own or another's, asked for names of topics and for embeddings.

Nothing is sent unless the workspace's settings name a server. Whatever goes wrong is `Unserved`: the caller goes on
without and says why.
"""

from __future__ import annotations

import http.client
import json
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from tropa.errors import TropaError
from tropa.text.corpus import Floats

TIMEOUT_SECONDS = 20.0
"""For one request."""
TRIES = 3
LONGEST_PAUSE_SECONDS = 5.0
MOST_BYTES = 64_000_000
MOST_AT_ONCE = 128
REFUSED_SECONDS = 60.0
"""A server that did not answer is not asked again for so long."""
MOST_KNOWN = 16
_HERE = ("localhost", "127.0.0.1", "::1")
_BUSY = (429, 500, 502, 503, 504)
_KEYS = ("endpoint", "model", "key_env", "embeddings")


class Unserved(Exception):
    """Why the server's answer cannot be used."""


@dataclass(frozen=True, slots=True)
class TopicService:
    """Attributes:
    endpoint: address up to and including the version, such as http://localhost:11434/v1.
    model: names the topics by chat; empty: they keep their own names.
    key_env: environment variable that holds the key; empty: none is sent.
    embeddings: model whose embeddings group the comments; empty: they are grouped by their words.
    """

    endpoint: str
    model: str = ""
    key_env: str = ""
    embeddings: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> TopicService:
        """From the settings.

        Raises:
            TropaError: (workspace) names the key that is wrong.
        """
        hint = 'Such as {"endpoint": "http://localhost:11434/v1", "model": "qwen3:8b", "key_env": ""}.'
        for key, value in values.items():
            if key not in _KEYS or not isinstance(value, str):
                raise TropaError(f"topics: {key!r} is no setting of topics with a text.", hint, kind="workspace")
        service = cls(**values) if values.get("endpoint") else None
        parts = None if service is None else urlsplit(service.endpoint)
        if service is None or parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
            raise TropaError("topics: `endpoint` must be an address, http or https.", hint, kind="workspace")
        if not service.model and not service.embeddings:
            raise TropaError("topics: name a `model`, `embeddings`, or both.", hint, kind="workspace")
        return service

    def embed(self, texts: Sequence[str]) -> Floats:
        """One row a text, each of length 1.

        Raises:
            Unserved: no answer, or none that holds as many vectors of one size.
        """
        parts = [texts[start : start + MOST_AT_ONCE] for start in range(0, len(texts), MOST_AT_ONCE)]
        rows = [self._vectors(part) for part in parts]
        if len({len(row) for part in rows for row in part}) != 1:
            raise Unserved("it gave embeddings of different sizes")
        found = np.array([row for part in rows for row in part], dtype=np.float64)
        length = np.linalg.norm(found, axis=1, keepdims=True)
        if not np.isfinite(found).all() or (length <= 0).any():
            raise Unserved("it gave embeddings that are no numbers")
        return np.asarray(found / length)

    def _vectors(self, texts: Sequence[str]) -> list[list[float]]:
        answer = self._asked("embeddings", {"model": self.embeddings, "input": list(texts)})
        try:
            told = sorted(answer["data"], key=lambda one: int(one["index"]))
            rows = [[float(number) for number in one["embedding"]] for one in told]
        except (KeyError, TypeError, ValueError):
            raise Unserved("its answer holds no embeddings") from None
        if len(rows) != len(texts):
            raise Unserved(f"it gave {len(rows)} embeddings for {len(texts)} comments")
        return rows

    def chat(self, system: str, user: str) -> str:
        """What the model answers.

        Raises:
            Unserved: no answer.
        """
        said = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        answer = self._asked("chat/completions", {"model": self.model, "messages": said, "temperature": 0})
        try:
            content = answer["choices"][0]["message"]["content"]
        except (KeyError, IndexError, TypeError):
            raise Unserved("its answer holds no message") from None
        if not isinstance(content, str):
            raise Unserved("its answer holds no message")
        return content

    def _asked(self, path: str, body: Mapping[str, Any]) -> Any:
        """The answer, kept: the same is not asked twice while the program runs."""
        payload = json.dumps(body, ensure_ascii=False).encode()
        known = blake2s(f"{self.endpoint}\x1f{path}\x1f".encode() + payload).digest()
        with _LOCK:
            if known in _ANSWERS:
                _ANSWERS.move_to_end(known)
                return _ANSWERS[known]
            since, why = _REFUSALS.get(self.endpoint, (-REFUSED_SECONDS, ""))
        if time.monotonic() - since < REFUSED_SECONDS:
            raise Unserved(why)
        try:
            answer = self._sent(path, payload)
        except Unserved as refusal:
            with _LOCK:
                _REFUSALS[self.endpoint] = (time.monotonic(), str(refusal))
            raise
        with _LOCK:
            _ANSWERS[known] = answer
            while len(_ANSWERS) > MOST_KNOWN:
                _ANSWERS.popitem(last=False)
        return answer

    def _sent(self, path: str, payload: bytes) -> Any:
        headers = {"Content-Type": "application/json", **self._key()}
        for attempt in range(TRIES):
            status, pause, told = self._once(path, payload, headers)
            if status not in _BUSY:
                break
            if attempt + 1 < TRIES:
                time.sleep(min(pause if pause is not None else 2.0**attempt, LONGEST_PAUSE_SECONDS))
        if status != http.client.OK:
            raise Unserved(f"it answered with status {status}")
        try:
            return json.loads(told)
        except ValueError:
            raise Unserved("its answer is no JSON") from None

    def _key(self) -> dict[str, str]:
        if not self.key_env:
            return {}
        key = os.environ.get(self.key_env, "").strip()
        if not key:
            raise Unserved(f"the environment variable {self.key_env} is not set")
        parts = urlsplit(self.endpoint)
        if parts.scheme != "https" and parts.hostname not in _HERE:
            raise Unserved("a key is not sent over http")
        return {"Authorization": f"Bearer {key}"}

    def _once(self, path: str, payload: bytes, headers: Mapping[str, str]) -> tuple[int, float | None, bytes]:
        """Status, how long to pause, and the answer; redirects are not followed, for they may lead elsewhere."""
        parts = urlsplit(self.endpoint)
        secure = parts.scheme == "https"
        way = (http.client.HTTPSConnection if secure else http.client.HTTPConnection)(
            parts.hostname or "", parts.port, timeout=TIMEOUT_SECONDS
        )
        try:
            way.request("POST", f"{parts.path.rstrip('/')}/{path}", payload, dict(headers))
            answer = way.getresponse()
            told = answer.read(MOST_BYTES + 1)
        except (OSError, http.client.HTTPException, ValueError) as trouble:
            raise Unserved(f"it did not answer ({type(trouble).__name__})") from None
        finally:
            way.close()
        if len(told) > MOST_BYTES:
            raise Unserved("its answer is too long")
        pause = answer.getheader("Retry-After", "")
        return answer.status, float(pause) if pause.isdigit() else None, told


_LOCK = threading.Lock()
_ANSWERS: OrderedDict[bytes, Any] = OrderedDict()
_REFUSALS: dict[str, tuple[float, str]] = {}


def forget() -> None:
    """Forgets answers and refusals: the server is asked anew."""
    with _LOCK:
        _ANSWERS.clear()
        _REFUSALS.clear()

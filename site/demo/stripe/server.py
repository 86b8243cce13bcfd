"""The stand-in's doors: its interface, its page to pay on, and a switch for what goes wrong."""

import json
import threading
from collections.abc import Callable
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from .books import Books
from .control import CONTROL, is_from_here, take
from .events import Sender, envelope
from .journal import Refusal, Row, shown
from .parameters import UnknownParameterError, check, decode

PAGE = """<!doctype html><html lang="ko"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>결제(예시)</title>
<link rel="icon" href="data:,"><style>
body {{ margin: 0; background: #f5f7f8; color: #1b1f23; font: 17px/1.65 Pretendard, sans-serif;
  word-break: keep-all }}
main {{ max-width: 26rem; margin: 2rem auto; padding: 1.5rem 1.25rem; background: #fff;
  border: 1px solid #cbd2d9; border-radius: 12px }}
h1 {{ margin: 0; font-size: 1.375rem }} strong {{ font-size: 1.5rem }}
button {{ width: 100%; min-height: 52px; margin-bottom: .75rem; border: 1.5px solid #0e716a;
  border-radius: 6px; background: #fff; color: #0c5b55; font: inherit; font-weight: 650 }}
form:first-of-type button {{ background: #0e716a; color: #fff }}
[role=alert] {{ padding: .75rem 1rem; border-left: 4px solid #b3261e; background: #fdeFec }}
</style><body><main><h1>결제(예시)</h1><p>진짜 결제가 아닙니다. 카드 회사를 대신하는 연습용 화면입니다.</p>
<p>{title}<br><strong>{amount:,}원</strong></p>{told}
<form method="post" action="/pay/{id}/succeed"><button>결제 성공</button></form>
<form method="post" action="/pay/{id}/decline"><button>결제 실패</button></form>
<p><a href="{cancel}">그만두고 돌아가기</a></p></main></body></html>"""


class StandIn:
    """A running stand-in on a port of this machine, and nowhere else."""

    def __init__(self, *, webhook_url: str, secret: str, port: int = 0, mode: str = "once") -> None:
        self.books = Books()
        self.sender = Sender(self.books, webhook_url, secret, mode)
        self.fault = ""
        self.calls: list[str] = []
        handler = type("Handler", (_Handler,), {"stand_in": self})
        self.http = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self.books.base_url = f"http://127.0.0.1:{self.http.server_address[1]}"

    @property
    def url(self) -> str:
        return self.books.base_url

    def start(self) -> "StandIn":
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def stop(self) -> None:
        self.http.shutdown()
        self.http.server_close()


class _Handler(BaseHTTPRequestHandler):
    stand_in: StandIn

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def log_message(self, *_args: Any) -> None:
        """Nothing of it is worth a line."""

    def _answer(self, method: str) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        segments = [part for part in parts.path.split("/") if part]
        if segments[:1] == ["pay"]:
            self._show_page(segments[1:])
        elif segments[:1] == [CONTROL]:
            self._control(method, segments[1:], dict(parse_qsl(body)))
        else:
            params = decode(parse_qsl(body or parts.query, keep_blank_values=True))
            self._call(method, segments[1:], params)

    def _control(self, method: str, segments: list[str], said: dict[str, str]) -> None:
        """What only happens at the company, played by whoever sits at this machine.

        The site has been told when the answer comes, unless it is told late or never.
        """
        try:
            if method != "POST" or not is_from_here(self.client_address[0], self.headers):
                raise Refusal("Only by POST, from a program on this machine.", status=403)
            answer = take(self.stand_in, "/".join(segments), said)
        except Refusal as refusal:
            self._send(refusal.status, refusal.body)
        else:
            self.stand_in.sender.flush()
            self._send(200, answer)

    def _call(self, method: str, segments: list[str], params: Row) -> None:
        self.stand_in.calls.append(f"{method} {'/'.join(segments)}")
        try:
            if not (self.headers.get("Authorization") or "").startswith("Bearer sk_test_"):
                raise Refusal("Invalid API Key provided", status=401, kind="authentication_error")
            self._fail_before()
            name, act = self._find(method, segments, params)
            check(name, params)
            answer, is_replay = self.stand_in.books.once(
                self.headers.get("Idempotency-Key", "") if method == "POST" else "",
                [name, segments, params],
                act,
            )
            if self.stand_in.fault == "timeout":
                self.stand_in.fault = ""
                self.close_connection = True
                return
            self._send(200, answer, replayed=is_replay)
        except UnknownParameterError as error:
            self._send(400, Refusal(str(error), code="parameter_unknown").body)
        except Refusal as refusal:
            self._send(refusal.status, refusal.body)
        finally:
            self.stand_in.sender.flush()

    def _fail_before(self) -> None:
        fault = self.stand_in.fault
        if fault in ("500", "409", "429"):
            self.stand_in.fault = ""
            kind = "rate_limit_error" if fault == "429" else "api_error"
            raise Refusal("Something went wrong on our side.", status=int(fault), kind=kind)

    def _find(self, method: str, segments: list[str], params: Row) -> tuple[str, Callable[[], Row]]:
        books = self.stand_in.books
        match [method, *segments]:
            case ["POST", "checkout", "sessions"]:
                return "checkout.sessions.create", lambda: books.create_session(params)
            case ["GET", "checkout", "sessions", key]:
                return "checkout.sessions.retrieve", lambda: shown(books.session(key))
            case ["POST", "checkout", "sessions", key, "expire"]:
                return "checkout.sessions.expire", lambda: books.expire_session(key)
            case ["POST", "refunds"]:
                return "refunds.create", lambda: books.create_refund(params)
            case ["GET", "refunds"]:
                rows = books.refunds_of(params.get("payment_intent", ""))
                return "refunds.list", lambda: _listed("/v1/refunds", rows)
            case ["GET", "refunds", key]:
                return "refunds.retrieve", lambda: books.refund(key)
        return self._find_in_books(method, segments, params)

    def _find_in_books(
        self, method: str, segments: list[str], params: Row
    ) -> tuple[str, Callable[[], Row]]:
        books = self.stand_in.books
        match [method, *segments]:
            case ["GET", "payment_intents", key]:
                return "payment_intents.retrieve", lambda: books.intent(key)
            case ["GET", "disputes", key]:
                return "disputes.retrieve", lambda: books.dispute(key)
            case ["GET", "events"]:
                told = [json.loads(envelope(*event)) for event in books.events[::-1]]
                return "events.list", lambda: _listed("/v1/events", told)
            case ["GET", "balance"]:
                return "balance.retrieve", books.balance
            case ["GET", "balance_transactions"]:
                lines = books.lines_for(params)
                name = "balance_transactions.list"
                return name, lambda: _listed("/v1/balance_transactions", lines)
        raise Refusal(f"Unrecognized request URL ({method}: /v1/{'/'.join(segments)}).", status=404)

    def _show_page(self, segments: list[str]) -> None:
        books, told = self.stand_in.books, ""
        try:
            session = books.session(segments[0])
            if segments[1:] == ["succeed"] and self.command == "POST":
                session = books.pay(segments[0])
                return self._go(session["success_url"])
            if segments[1:] == ["decline"] and self.command == "POST":
                books.decline(segments[0])
                told = "<p role='alert'>카드가 거절되었습니다. 다시 시도해 주세요.</p>"
        except Refusal as refusal:
            return self._html(refusal.status, f"<h1>{escape(str(refusal))}</h1>")
        finally:
            self.stand_in.sender.flush()
        if session["status"] != "open":
            return self._html(410, "<h1>이 결제 화면은 닫혔습니다.</h1>")
        page = PAGE.format(
            id=session["id"],
            title=escape(session["_title"]),
            amount=session["amount_total"],
            cancel=escape(session["cancel_url"] or session["success_url"]),
            told=told,
        )
        return self._html(200, page)

    def _go(self, url: str) -> None:
        self.send_response(303)
        self.send_header("Location", url)
        self.end_headers()

    def _html(self, status: int, text: str) -> None:
        self._write(status, text.encode(), "text/html; charset=utf-8")

    def _send(self, status: int, row: Row, *, replayed: bool = False) -> None:
        extra = {"Idempotent-Replayed": "true"} if replayed else {}
        body = json.dumps(row, ensure_ascii=False).encode()
        self._write(status, body, "application/json", extra)

    def _write(
        self, status: int, body: bytes, content_type: str, extra: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": content_type, **(extra or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Request-Id", "req_stand_in")
        self.end_headers()
        self.wfile.write(body)


def _listed(url: str, rows: list[Row]) -> Row:
    return {"object": "list", "url": url, "has_more": False, "data": rows}

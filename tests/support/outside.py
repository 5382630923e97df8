"""The services that the program calls: moto's server, and fakes that behave as a test says."""

import http.server
import json
import socket
import threading

import pytest

REGION = "us-east-1"


class Moto:
    """moto's server, with a client for each service."""

    def __init__(self, url):
        self.url = url

    def client(self, service, account):
        import boto3
        return boto3.client(service, endpoint_url=self.url, region_name=REGION, aws_access_key_id=account,
                            aws_secret_access_key="test")


@pytest.fixture(scope="session")
def moto():
    """One moto for the whole run. It has one account, whoever signs: names in it have to differ from test to test."""
    from moto.core.config import default_user_config
    from moto.server import ThreadedMotoServer
    default_user_config["lambda"] = {"use_docker": False}
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield Moto(f"http://{host}:{port}")
    server.stop()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128  # the five that are usual make bursts wait for TCP's retransmissions

    def handle_error(self, request, client_address):
        """The program may have lost its patience, or been killed: that is what some tests are about."""


class Fake:
    """A service that answers each request by answer(request) -> (status, headers, body), and remembers them all.

    `answer` may wait for an event: each connection has a thread of its own.
    """

    def __init__(self, answer):
        fake = self
        self.requests = []
        self._arrived = threading.Condition()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                with fake._arrived:
                    fake.requests.append(self)
                    fake._arrived.notify_all()
                status, headers, body = answer(self)
                if status is None:  # hangs up
                    self.connection.shutdown(socket.SHUT_RDWR)
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in {"Content-Length": len(body), **headers}.items():
                    self.send_header(name, str(value))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET

            def log_message(self, *_):
                pass

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def wait_for(self, count, patience=60):
        """Until so many requests have arrived; all of them."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.requests) >= count, patience), f"only {len(self.requests)} requests"
            return list(self.requests)

    def close(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def fake():
    """fake(answer) -> Fake; closed at the end."""
    made = []

    def make(answer):
        made.append(Fake(answer))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def gate():
    """An event that holds an answer of a fake back; set at the end, so that no thread is left behind."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def nobody():
    """A URL at which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{one.getsockname()[1]}"


def document(value, status=200, **headers):
    """An answer that is JSON."""
    return status, headers, json.dumps(value).encode()


class RawFake:
    """A server that does with each connection whatever behave(socket, request head) does, on a thread of its own."""

    def __init__(self, behave, family=socket.AF_INET):
        self.heads = []
        self._listener = socket.socket(family)
        self._listener.bind(("::1" if family == socket.AF_INET6 else "127.0.0.1", 0))
        self._listener.listen()
        host, port = self._listener.getsockname()[:2]
        self.url = f"http://[{host}]:{port}" if family == socket.AF_INET6 else f"http://{host}:{port}"
        self._behave = behave
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:  # closed
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection:
            head = b""
            try:
                while b"\r\n\r\n" not in head:
                    piece = connection.recv(65536)
                    if not piece:
                        return  # it was killed before it had said all
                    head += piece
                self.heads.append(head)
                self._behave(connection, head)
            except OSError:
                pass  # the program has had enough

    def close(self):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@pytest.fixture
def raw_fake():
    """raw_fake(behave) -> RawFake; closed at the end."""
    made = []

    def make(*arguments, **options):
        made.append(RawFake(*arguments, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()

"""A web site on this machine, for the tests of `nianbao refresh`: so many report pages, a list that leads to them, tags that
stay while a page does. Says the port on stdout and what it was asked for on request (`/asked`)."""
import argparse
import collections
import hashlib
import http.server
import json
import threading

REPORT = """<html><head><meta charset="utf-8"><title>某县第{n}局2023年政府信息公开工作年度报告</title></head><body>
<h1>某县第{n}局2023年政府信息公开工作年度报告</h1><p>本报告由某县第{n}局编制。</p><p>一、主动公开情况</p>
<p>2023年，我局主动公开政府信息{figure}条。</p><p>二、依申请公开情况</p><p>全年收到申请{requests}件，均已答复。</p></body></html>"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=300)
    options = parser.parse_args()
    asked = collections.Counter()
    night = 1

    def changed(number):
        return night > 1 and number % 50 == 7

    def page(number):
        return REPORT.format(n=number, figure=number * 3 + (1000 if changed(number) else 0), requests=number % 17)

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body in one piece: two would wait for each other for 40 ms (Nagle).
        wbufsize = -1
        disable_nagle_algorithm = True

        def log_message(self, *_):
            pass

        def do_GET(self):
            nonlocal night
            path, status, text = self.path, 200, None
            since = "Tue, 01 Oct 2024 00:00:00 GMT"
            if path == "/robots.txt":
                text = "User-agent: *\nAllow: /\n"
            elif path == "/list.html":
                links = "".join(f"<li><a href='/r/{n}.html'>年报</a></li>" for n in range(options.pages))
                text = f"<html><ul>{links}</ul></html>"
            elif path.startswith("/r/") and path.endswith(".html") and path[3:-5].isdigit():
                number = int(path[3:-5])
                status = 404 if night > 1 and number % 100 == 42 else 200
                text = page(number)
                if changed(number):
                    since = "Wed, 02 Oct 2024 00:00:00 GMT"
            elif path.startswith("/night/"):
                night, text = int(path.rsplit("/", 1)[1]), "ok"
            elif path == "/asked":
                text = json.dumps(asked)
                asked.clear()
            else:
                status, text = 404, "no"
            body = text.encode()
            tag = f'"{hashlib.md5(body).hexdigest()}"'
            # Where both are said, the tag decides (RFC 9110, 13.2.2).
            known = self.headers.get("If-None-Match")
            same = known == tag if known else self.headers.get("If-Modified-Since") == since
            if status == 200 and same:
                status, body = 304, b""
            if not path.startswith(("/night/", "/asked")):
                asked[f"{status}"] += 1
            self.send_response(status)
            if status != 304:
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Last-Modified", since)
            self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(body)

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, *_):
            # A client that was killed.
            pass

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever).start()


main()

import http.server
import os


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(os.environ["GREETING"].encode())


def main():
    http.server.HTTPServer(("0.0.0.0", 8000), Handler).serve_forever()

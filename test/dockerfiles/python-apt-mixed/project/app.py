import subprocess

import psycopg2.extensions
from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    version = psycopg2.extensions.libpq_version()
    return subprocess.run(["zbarimg", "--version"], capture_output=True, text=True).stdout + str(version)

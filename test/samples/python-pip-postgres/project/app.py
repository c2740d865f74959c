import os

import psycopg2
from bottle import Bottle

app = Bottle()


@app.get("/")
def index():
    return {"libpq": psycopg2.extensions.libpq_version()}


@app.get("/notes")
def notes():
    with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT id, text FROM notes ORDER BY id")
        return {"notes": cursor.fetchall()}

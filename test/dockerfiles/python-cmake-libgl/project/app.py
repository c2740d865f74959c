import ctypes

from flask import Flask

ctypes.CDLL("libGL.so.1")
app = Flask(__name__)


@app.get("/")
def index():
    return "drawing"

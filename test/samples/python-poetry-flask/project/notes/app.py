from flask import Flask, abort

app = Flask(__name__)

NOTES = {1: "water the plants", 2: "call Ada"}


@app.route("/")
def index():
    return {"notes": NOTES}


@app.route("/notes/<int:number>")
def note(number):
    return {"text": NOTES[number]} if number in NOTES else abort(404)

from flask import Flask, jsonify, render_template

ITEMS = ["bolt", "nut", "washer"]


def create_app():
    app = Flask(__name__)

    @app.get("/")
    def index():
        return render_template("index.html", items=ITEMS)

    @app.get("/healthz")
    def healthz():
        return jsonify(status="ok")

    return app

from fastapi import FastAPI

from greeter.words import greeting

app = FastAPI()


@app.get("/")
async def root(name: str = "world"):
    return {"message": greeting(name)}


@app.get("/health")
async def health():
    return {"status": "ok"}

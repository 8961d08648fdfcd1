"""Stores files as the original d-sync's uploader is described to work, and keeps the records it keeps: files.json and
logs/upload.log. Knows nothing of dsync.

usage: store_classic.py HOME FOLDER
"""
import datetime
import hashlib
import json
import os
import random
import sys
import urllib.request
import uuid
import zlib

from cryptography.fernet import Fernet

PART = int(9.99 * 1024 * 1024)


def upload(webhook, name, data):
    boundary = uuid.uuid4().hex
    body = (
        b"--" + boundary.encode() + b"\r\n"
        + ('Content-Disposition: form-data; name="file"; filename="%s"\r\n\r\n' % name).encode()
        + data + b"\r\n--" + boundary.encode() + b"--\r\n"
    )
    request = urllib.request.Request(webhook + "?wait=true", data=body, headers={
        "Content-Type": "multipart/form-data; boundary=" + boundary,
        "User-Agent": "DiscordBot (original, 1)",
    })
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def main(home, folder):
    key = Fernet.generate_key()
    with open(os.path.join(home, ".encryption_key"), "wb") as file:
        file.write(key)
    with open(os.path.join(home, "webhooks.txt")) as file:
        webhooks = [line.strip() for line in file if line.strip()]
    os.makedirs(os.path.join(home, "logs"), exist_ok=True)
    files = {}
    log = open(os.path.join(home, "logs", "upload.log"), "a")
    for base, _, names in os.walk(folder):
        for name in names:
            place = os.path.join(base, name)
            with open(place, "rb") as file:
                plain = file.read()
            compressed = len(plain) > 1024 * 100
            data = Fernet(key).encrypt(zlib.compress(plain, 6) if compressed else plain)
            path = os.path.relpath(place, folder)
            entry = {
                "file_path": path,
                "file_hash": hashlib.sha256(plain).hexdigest(),
                "file_size": len(plain),
                "date_created": datetime.datetime.fromtimestamp(os.stat(place).st_ctime).isoformat(),
                "file_type": os.path.splitext(name)[1],
                "compressed": compressed,
                "encrypted": True,
                "chunks": [],
                "deleted": False,
            }
            for at in range(0, len(data), PART):
                part = data[at:at + PART]
                webhook = random.choice(webhooks)
                chunk_name = "%s_chunk_%d.bin" % (entry["file_hash"], len(entry["chunks"]))
                reply = upload(webhook, chunk_name, part)
                log.write("\n[%s] %s\n%s\n%s\n" % (
                    datetime.datetime.now().isoformat(), chunk_name, json.dumps(reply, indent=2), "=" * 80))
                entry["chunks"].append({
                    "chunk_index": len(entry["chunks"]),
                    "chunk_hash": hashlib.sha256(part).hexdigest(),
                    "webhook_url": webhook,
                    "cdn_url": reply["attachments"][0]["url"],
                })
            files[path] = entry
    log.close()
    with open(os.path.join(home, "files.json"), "w") as file:
        json.dump({"last_updated": datetime.datetime.now().isoformat(), "files": files}, file, indent=2)


main(sys.argv[1], sys.argv[2])

"""Restores what files.json lists, as the original d-sync's downloader is described to work: fetch each chunk by its link,
compare SHA-256, join, decrypt with Fernet, inflate, compare SHA-256. Knows nothing of dsync.

usage: restore_classic.py HOME OUT
"""
import hashlib
import json
import os
import sys
import urllib.request
import zlib

from cryptography.fernet import Fernet


def fetch(url):
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read()


def content(entry, cipher):
    parts = {}
    for chunk in entry["chunks"]:
        data = fetch(chunk["cdn_url"])
        if hashlib.sha256(data).hexdigest() != chunk["chunk_hash"]:
            raise ValueError("chunk %d is not what was stored" % chunk["chunk_index"])
        parts[chunk["chunk_index"]] = data
    joined = b"".join(parts[index] for index in range(len(parts)))
    if entry["encrypted"]:
        joined = cipher.decrypt(joined)
    if entry["compressed"]:
        joined = zlib.decompress(joined)
    if hashlib.sha256(joined).hexdigest() != entry["file_hash"]:
        raise ValueError("the file is not what was stored")
    return joined


def main(home, out):
    with open(os.path.join(home, ".encryption_key"), "rb") as key:
        cipher = Fernet(key.read())
    with open(os.path.join(home, "files.json")) as listing:
        files = json.load(listing)["files"]
    restored = 0
    for path, entry in files.items():
        if entry["deleted"] or not entry["chunks"]:
            continue
        place = os.path.join(out, path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as file:
            file.write(content(entry, cipher))
        restored += 1
    with open(os.path.join(home, "folders.json")) as listing:
        for path, folder in json.load(listing)["folders"].items():
            record = json.loads(fetch(folder["cdn_url"]))
            if record["folder_path"] != path:
                raise ValueError("the record of " + path + " is another's")
    print(restored)


main(sys.argv[1], sys.argv[2])

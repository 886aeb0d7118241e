#!/usr/bin/python3
"""Sealed records and key files, by alongside-record(5) and not by Alongside: a second reader and writer of the format.

    vectors.py make FOLDER       writes the vectors that tests/record/test-vectors reads, the same each time
    vectors.py open FOLDER       opens alongside.key in it (the secret on standard input) and prints its records' lines

Nothing of it is libsodium's: XChaCha20-Poly1305 is written out here, BLAKE2b is Python's own, Argon2id is the reference
implementation's (python3-argon2).
"""
import base64
import hashlib
import hmac
import json
import os
import re
import struct
import sys
import unicodedata

try:
    from argon2.low_level import Type, hash_secret_raw
except ImportError:
    sys.exit(77)

# ---- XChaCha20-Poly1305


def rounds(state):
    x = list(state)

    def quarter(a, b, c, d):
        for first, second, third, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            x[first] = (x[first] + x[second]) & 0xFFFFFFFF
            word = x[third] ^ x[first]
            x[third] = (word << turn | word >> (32 - turn)) & 0xFFFFFFFF

    for _ in range(10):
        for i in range(4):
            quarter(i, 4 + i, 8 + i, 12 + i)
        for i in range(4):
            quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
    return x


def start(key, last):
    return struct.unpack("<16I", b"expand 32-byte k" + key + last)


def stream(key, nonce, count, length):
    """ChaCha20 with a nonce of 12 bytes, from block `count` on."""
    made = b""
    while len(made) < length:
        first = start(key, struct.pack("<I", count) + nonce)
        made += struct.pack("<16I", *((a + b) & 0xFFFFFFFF for a, b in zip(rounds(first), first)))
        count += 1
    return made[:length]


def poly1305(key, text):
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for i in range(0, len(text), 16):
        total = (total + int.from_bytes(text[i:i + 16] + b"\1", "little")) * r % ((1 << 130) - 5)
    return ((total + int.from_bytes(key[16:], "little")) & ((1 << 128) - 1)).to_bytes(16, "little")


def tag(key, nonce, sealed, about):
    def whole(text):
        return text + bytes(-len(text) % 16)
    return poly1305(stream(key, nonce, 0, 32),
                    whole(about) + whole(sealed) + struct.pack("<QQ", len(about), len(sealed)))


def below(key, nonce):
    """The key and nonce of ChaCha20 that a nonce of 24 bytes stands for."""
    x = rounds(start(key, nonce[:16]))
    return struct.pack("<8I", *(x[:4] + x[12:])), bytes(4) + nonce[16:]


def encrypt(key, nonce, plain, about):
    key, short = below(key, nonce)
    sealed = bytes(a ^ b for a, b in zip(plain, stream(key, short, 1, len(plain))))
    return nonce + sealed + tag(key, short, sealed, about)


def decrypt(key, box, about):
    nonce, sealed, said = box[:24], box[24:-16], box[-16:]
    key, short = below(key, nonce)
    if not hmac.compare_digest(tag(key, short, sealed, about), said):
        raise ValueError("a seal is broken")
    return bytes(a ^ b for a, b in zip(sealed, stream(key, short, 1, len(sealed))))


# ---- boxes

PAD = 256


def text_of(data):
    return base64.b64encode(data).decode()


def pad(plain):
    return plain + b"\x80" + bytes(-(len(plain) + 1) % PAD)


def seal(key, about, plain, nonce=None):
    return text_of(encrypt(key, nonce or made_up("nonce", 24), pad(plain), about.encode()))


def unseal(key, about, box):
    data = base64.b64decode(box, validate=True)
    if text_of(data) != box:
        raise ValueError("another spelling")
    plain = decrypt(key, data, about.encode())
    end = plain.rstrip(b"\0")
    if not end.endswith(b"\x80") or pad(end[:-1]) != plain:
        raise ValueError("filled up wrongly")
    return end[:-1]


# ---- the key file


def blake2b(size, text, key):
    return hashlib.blake2b(text, digest_size=size, key=key).digest()


def key_id(key):
    return blake2b(16, b"alongside key id", key).hex()


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def slot_key(slot, secret):
    salt = base64.b64decode(slot["salt"])
    if "passes" not in slot:
        return blake2b(32, secret, salt)
    return hash_secret_raw(unicodedata.normalize("NFC", secret.decode()).encode(), salt, slot["passes"],
                           slot["mebibytes"] * 1024, 1, 32, Type.ID)


def about_slot(name, identity, slot):
    cost = "%d|%d|" % (slot["passes"], slot["mebibytes"]) if "passes" in slot else ""
    return "key|1|%s|%s|%s%s" % (identity, name, cost, slot["salt"])


def finish(fields, key, proof=None):
    """The line of a key file: the proof and the hash after the fields, which are said as they stand."""
    proved = compact(fields)[:-1]
    proof = proof or blake2b(32, proved.encode(), key).hex()
    hashed = proved + ',"proof":"%s"' % proof
    return hashed + ',"hash":"%s"}\n' % hashlib.sha256(hashed.encode()).hexdigest()


def new_slot(name, key, secret, cost=None):
    slot = dict(zip(("passes", "mebibytes"), cost)) if cost else {}
    slot["salt"] = text_of(made_up("salt", 16))
    slot["box"] = seal(slot_key(slot, secret), about_slot(name, key_id(key), slot), key)
    return slot


def fields_of(key, state="sealed"):
    return {"format": 1, "key": key_id(key), "state": state,
            "passphrase": new_slot("passphrase", key, PASSPHRASE.encode(), (3, 64)),
            "recovery": new_slot("recovery", key, CODE)}


def open_key_file(text, slot_name, secret):
    fields = json.loads(text)
    slot = fields[slot_name]
    key = unseal(slot_key(slot, secret), about_slot(slot_name, fields["key"], slot), slot["box"])
    said = fields.pop("proof")
    fields.pop("hash")
    if finish(fields, key) != text or finish(fields, key, said) != text or key_id(key) != fields["key"]:
        raise ValueError("it was changed")
    return key


# ---- records

ZEROS = "0" * 64


def plain_lines(record, count, words="A note"):
    """A record's lines, in the open."""
    lines, head = [], ZEROS
    for seq in range(1, count + 1):
        line = {"seq": seq, "prev": head, "at": "2026-11-22T10:00:%02dZ" % seq}
        if seq == 1:
            line.update(by="practitioner", event="opened", format=1, record=record, ref="K-014",
                        form={"id": "tiny", "version": "1.0", "sha256": "00", "text": "id: tiny\n"})
        else:
            line.update(by="service_user", event="noted", text="%s, number %d: naïve “words”" % (words, seq))
        said = compact(line)[:-1]
        head = hashlib.sha256(said.encode()).hexdigest()
        lines.append('%s,"hash":"%s"}' % (said, head))
    return lines


def head_of(line):
    return line[-66:-2]


def seal_lines(key, record, lines, header_key=None):
    stored, head = [], ZEROS
    for seq, line in enumerate(lines, 1):
        first = '"record":"%s","key":"%s",' % (record, header_key or key_id(key)) if seq == 1 else ""
        box = seal(key, "1|%s|%d|%s" % (record, seq, head), line.encode())
        stored.append('{"sealed":1,"seq":%d,%s"box":"%s"}\n' % (seq, first, box))
        head = head_of(line)
    return stored


def open_lines(key, text):
    record, head, lines = None, ZEROS, []
    for seq, stored in enumerate(text.splitlines(keepends=True), 1):
        first = '"record":"([0-9A-Z]{26})","key":"([0-9a-f]{32})",' if seq == 1 else "()()"
        found = re.fullmatch(r'\{"sealed":1,"seq":%d,%s"box":"([^"]*)"\}\n' % (seq, first), stored)
        if not found or (seq == 1 and found[2] != key_id(key)):
            raise ValueError("no sealed line")
        record = record or found[1]
        lines.append(unseal(key, "1|%s|%d|%s" % (record, seq, head), found[3]).decode())
        head = head_of(lines[-1])
    return lines


# ---- the vectors

PASSPHRASE = "brüme salt café plum oat ten"
CODE = bytes(range(100, 120))
RECORD, OTHER = "01JD0000000000000000000000", "01JD0000000000000000000001"
count = 0


def made_up(what, size):
    """What is random elsewhere is here the same each time."""
    global count
    count += 1
    return hashlib.shake_256(b"%s %d" % (what.encode(), count)).digest(size)


def make(folder):
    table = []

    def put(name, text, does):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
        table.append(name + "\t" + does + "\n")

    key, other = made_up("key", 32), made_up("key", 32)
    keys(put, key, other)
    records(put, key, other)
    with open(os.path.join(folder, "table.tsv"), "w", encoding="utf-8") as file:
        file.writelines(table)


def keys(put, key, other):
    good, theirs = fields_of(key), fields_of(other)

    def changed(**parts):
        fields = json.loads(json.dumps(good))
        for name, value in parts.items():
            slot, _, member = name.partition("__")
            if not member:
                fields[slot] = value
            elif value is None:
                del fields[slot][member]
            else:
                fields[slot][member] = value
        return fields

    def case(name, does, **parts):
        """With all else made right again, the proof too."""
        put(name + ".key", finish(changed(**parts), key), does)

    whole = finish(good, key)
    put("good.key", whole, "opens both")
    for state in "sealing", "opening":
        case(state, "opens both", state=state)
    put("other.key", finish(theirs, other), "opens both")
    decomposed = json.loads(json.dumps(good))
    decomposed["passphrase"] = new_slot("passphrase", key, unicodedata.normalize("NFD", PASSPHRASE).encode(), (3, 64))
    put("decomposed.key", finish(decomposed, key), "opens both")
    put("costly.key", finish(dict(good, passphrase=new_slot("passphrase", key, PASSPHRASE.encode(), (4, 65))), key),
        "opens both")

    # Changed by somebody who has no key, and knows how hashes are made.
    proof = blake2b(32, compact(good)[:-1].encode(), key).hex()
    put("state-no-proof.key", finish(changed(state="opening"), key, proof), "changed: by Alongside")
    put("state-other-proof.key", finish(changed(state="opening"), other), "changed: by Alongside")
    put("no-proof.key", finish(good, key, "0" * 64), "changed: by Alongside")
    put("recovery-of-other.key", finish(dict(good, recovery=theirs["recovery"]), key, proof),
        "changed: by Alongside")
    put("passphrase-of-other.key", finish(dict(good, passphrase=theirs["passphrase"]), key, proof), "wrong: passphrase")
    # Even where the proof is right: nothing of one place opens in another.
    put("id-of-other.key", finish(changed(key=key_id(other)), key), "wrong: passphrase")
    case("swapped-boxes", "wrong: passphrase", passphrase__box=good["recovery"]["box"],
         recovery__box=good["passphrase"]["box"])
    case("swapped-salts", "wrong: passphrase", passphrase__salt=good["recovery"]["salt"],
         recovery__salt=good["passphrase"]["salt"])
    case("cheaper", "wrong: passphrase", passphrase__mebibytes=65)
    case("more-passes", "wrong: passphrase", passphrase__passes=4)
    case("empty-box", "wrong: passphrase", passphrase__box="")
    short = new_slot("passphrase", key, PASSPHRASE.encode(), (3, 64))
    short["box"] = seal(slot_key(short, PASSPHRASE.encode()), about_slot("passphrase", key_id(key), short), key[:31])
    put("short-key.key", finish(dict(good, passphrase=short), key), "wrong: passphrase")
    liar = new_slot("passphrase", key, PASSPHRASE.encode(), (3, 64))
    liar["box"] = seal(slot_key(liar, PASSPHRASE.encode()), about_slot("passphrase", key_id(key), liar), other)
    put("other-key-inside.key", finish(dict(good, passphrase=liar), other), "changed: by Alongside")

    # Bounds.
    for name, member, value in (("passes-2", "passes", 2), ("passes-65", "passes", 65), ("passes-0", "passes", 0),
                                ("passes-negative", "passes", -3), ("passes-huge", "passes", 1 << 62),
                                ("memory-63", "mebibytes", 63), ("memory-1025", "mebibytes", 1025),
                                ("memory-negative", "mebibytes", -64), ("memory-wraps", "mebibytes", (1 << 32) + 64),
                                ("memory-huge", "mebibytes", (1 << 44) + 64)):
        case(name, "broken: it asks for", **{"passphrase__" + member: value})
    for name, member, value in (("passes-float", "passes", 3.0), ("passes-text", "passes", "3"),
                                ("memory-float", "mebibytes", 64.0), ("passes-none", "passes", None),
                                ("passes-true", "passes", True)):
        case(name, "broken: it asks for 0" if member == "passes" else "broken: over 0 MiB",
             **{"passphrase__" + member: value})
    case("passes-too-huge", "broken: it is damaged", passphrase__passes=1 << 64)

    # Its shape.
    case("newer", "broken: made by a newer version of Alongside (format 2)", format=2)
    for name, parts in (("format-0", {"format": 0}), ("format-text", {"format": "1"}), ("format-float", {"format": 1.0}),
                        ("state-unknown", {"state": "open"}), ("state-number", {"state": 0}),
                        ("id-short", {"key": key_id(key)[:-1]}), ("id-upper", {"key": key_id(key).upper()}),
                        ("id-long", {"key": key_id(key) + "0"}), ("id-quote", {"key": '"' * 32}),
                        ("salt-short", {"passphrase__salt": text_of(bytes(15))}),
                        ("salt-long", {"passphrase__salt": text_of(bytes(17))}),
                        ("salt-spelled", {"recovery__salt": good["recovery"]["salt"][:-3] + "B=="}),
                        ("salt-none", {"recovery__salt": None}), ("box-none", {"recovery__box": None}),
                        ("box-long", {"recovery__box": "A" * 512}), ("box-number", {"recovery__box": 1}),
                        ("slot-text", {"recovery": "box"}), ("slot-none", {"passphrase": None}),
                        ("more-fields", {"note": "x"}), ("more-in-slot", {"recovery__passes": 3})):
        case(name, "broken: it is damaged", **parts)
    put("order.key", finish({name: good[name] for name in ("key", "format", "state", "passphrase", "recovery")}, key),
        "broken: it is damaged")
    put("proof-short.key", finish(good, key, proof[:-1]), "broken: it is damaged")
    put("proof-upper.key", finish(good, key, proof.upper()), "broken: it is damaged")
    for name, text in (("no-newline", whole[:-1]), ("two-newlines", whole + "\n"), ("trailing", whole + "x"),
                       ("trailing-nul", whole + "\0"), ("crlf", whole[:-1] + "\r\n"), ("bom", "\ufeff" + whole),
                       ("blank-first", " " + whole), ("spaced", whole.replace(":", ": ", 1)), ("empty", ""),
                       ("doubled", '{"format":1,' + whole[1:]), ("twice", whole + whole), ("array", "[" + whole[:-1] + "]\n"),
                       ("escaped", whole.replace("sealed", "se\\u0061led")),
                       ("hash-wrong", whole[:-4] + ("0" if whole[-4] != "0" else "1") + whole[-3:]),
                       ("hash-upper", whole[:-67] + whole[-67:-3].upper() + whole[-3:]),
                       ("no-hash", whole[:whole.index(',"hash"')] + "}\n"), ("deep", "[" * 4000 + "]" * 4000),
                       ("long", whole[:-1] + " " * 8192 + "\n"), ("utf-16", whole.encode("utf-16")),
                       ("not-utf-8", whole.encode().replace(b"sealed", b"seal\xe9d"))):
        put(name + ".key", text, "broken: is longer than" if name == "long" else "broken: it is damaged")
    for at, field in enumerate(("format", "key", "state", "passes", "mebibytes", "salt", "box", "recovery", "proof", "hash")):
        place = whole.index('"%s":' % field) + len(field) + 5
        other_sign = "1" if whole[place] != "1" else "2"
        put("damaged-%d-%s.key" % (at, field), whole[:place] + other_sign + whole[place + 1:], "broken: ")


def records(put, key, other):
    plain = plain_lines(RECORD, 5)
    good = seal_lines(key, RECORD, plain)
    theirs = seal_lines(key, OTHER, plain_lines(OTHER, 5))
    again = seal_lines(key, RECORD, plain_lines(RECORD, 5, "Another note"))
    open_lines_ = [line + "\n" for line in plain]

    def case(name, does, *lines):
        put(name + ".jsonl", "".join(lines), does)

    put("plain.jsonl", "".join(open_lines_), "lines 5")
    case("good", "lines 5", *good)
    case("one", "lines 1", good[0])
    case("padded", "lines 2", *seal_lines(key, RECORD, [plain[0], padded_line(plain[0])]))
    case("tail", "lines 4 torn", *good[:4], good[4][:-1])
    case("short-tail", "lines 4 torn", *good[:4], good[4][:9])
    case("plain-tail", "lines 4 torn", *good[:4], plain[4])
    case("truncated", "lines 3", *good[:3])  # nothing tells; a receipt does

    misplaced = "not the sealed line that belongs here"
    broken = "its seal is broken"
    case("dropped", "damage 1 " + misplaced, good[0], *good[2:])
    case("doubled-line", "damage 2 " + misplaced, *good[:2], *good[1:])
    case("swapped-lines", "damage 2 " + misplaced, *good[:2], good[3], good[2], good[4])
    case("moved", "damage 1 " + misplaced, good[0], good[4], *good[1:4])
    case("first-again", "damage 1 " + misplaced, good[0], good[0])
    case("other-record", "damage 2 " + broken, *good[:2], theirs[2])
    case("other-line", "damage 3 " + broken, *good[:3], again[3])  # of the same record, on another chain
    case("renumbered", "damage 1 " + broken, good[0], good[2].replace('"seq":3', '"seq":2'))
    case("plain-among", "damage 2 it is not sealed", *good[:2], open_lines_[2], *good[3:])
    case("sealed-among", "damage 2 it is sealed", *open_lines_[:2], good[2])
    case("blank", "damage 2 it is not sealed", *good[:2], "\n", *good[2:])
    case("crlf-line", "damage 1 " + misplaced, good[0], good[1][:-1] + "\r\n")
    case("blank-before", "damage 1 it is not sealed", good[0], " " + good[1])
    case("sealed-2", "damage 1 " + misplaced, good[0], good[1].replace('"sealed":1', '"sealed":2'))

    def box_changed(line, change):
        found = re.search(r'"box":"([^"]*)"', line)
        return line[:found.start(1)] + change(found[1]) + line[found.end(1):]

    def respelled(box):
        """The same bytes, said otherwise: what is left over in the last character is not nought."""
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        at = len(box.rstrip("=")) - 1
        return box[:at] + letters[letters.index(box[at]) + 1] + box[at + 1:]

    long = seal_lines(key, RECORD, plain_lines(RECORD, 2, "A long note " * 30))
    case("long", "lines 2", *long)
    assert '="}' in long[1]
    for name, change in (("respelled", respelled), ("unpadded", lambda box: box.rstrip("=")),
                         ("url-letters", lambda box: box.replace("+", "-").replace("/", "_")),
                         ("box-space", lambda box: box[:40] + " " + box[40:]), ("box-empty", lambda box: ""),
                         ("box-nonce-only", lambda box: box[:32]), ("box-cut", lambda box: box[:-4]),
                         ("box-longer", lambda box: "AAAA" + box), ("box-nul", lambda box: box[:8] + "\0" + box[9:]),
                         ("box-high", lambda box: box[:8] + "é" + box[9:])):
        case(name, "damage 1 " + broken, long[0], box_changed(long[1], change))

    about = "1|%s|2|%s" % (RECORD, head_of(plain[0]))
    for name, filled in (("pad-none", plain[1].encode()),
                         ("pad-not-256", plain[1].encode() + b"\x80" + bytes(7)),
                         ("pad-zeros", plain[1].encode() + bytes(-len(plain[1].encode()) % 256)),
                         ("pad-dirty", pad(plain[1].encode())[:-1] + b"\1"), ("pad-block", pad(plain[1].encode()) + bytes(256)),
                         ("pad-nothing", b"")):
        box = text_of(encrypt(key, made_up("nonce", 24), filled, about.encode()))
        case(name, "damage 1 " + broken, good[0], '{"sealed":1,"seq":2,"box":"%s"}\n' % box)
    case("inside-nothing", "damage 1 it does not end in its hash", good[0],
         '{"sealed":1,"seq":2,"box":"%s"}\n' % seal(key, about, b""))
    case("inside-newline", "damage 1 it does not end in its hash", good[0],
         '{"sealed":1,"seq":2,"box":"%s"}\n' % seal(key, about, open_lines_[1].encode()))
    case("inside-other", "damage 1 it does not follow", good[0],
         '{"sealed":1,"seq":2,"box":"%s"}\n' % seal(key, about, plain_lines(OTHER, 2)[1].encode()))

    # The first line.
    case("version-2", "refused: sealed in a way that this version", good[0].replace('"sealed":1', '"sealed":2'), *good[1:])
    case("version-text", "refused: sealed in a way that this version", good[0].replace('"sealed":1', '"sealed":"1"'))
    case("first-cut", "refused: cut off inside its first line", good[0][:-1])
    case("first-of-other", "damage 1 " + broken, theirs[0], *good[1:])
    case("id-of-other", "refused: " + broken, good[0].replace(RECORD, OTHER), *good[1:])
    case("id-on-seal", "refused: it is of another record", *seal_lines(key, OTHER, plain))
    for name, old, new in (("id-short", RECORD, RECORD[1:]), ("id-long", RECORD, RECORD + "0"),
                           ("id-lower", RECORD, RECORD.lower()), ("id-bar", RECORD, RECORD[:-1] + "|"),
                           ("key-short", key_id(key), key_id(key)[1:]), ("key-long", key_id(key), key_id(key) + "0"),
                           ("key-upper", key_id(key), "ABCDEF" + key_id(key)[6:]), ("header-swapped", '"record"', '"rekord"'),
                           ("header-spaced", '"seq":1', '"seq": 1'), ("header-second", '"seq":1', '"seq":2'),
                           ("header-nul", RECORD, RECORD[:3] + "\0" + RECORD[4:])):
        case(name, "refused: what stands around the seal is damaged", good[0].replace(old, new), *good[1:])
    case("header-more", "refused: not the sealed line that belongs here", good[0].replace('"box"', '"x":1,"box"'), *good[1:])
    case("other-key", "refused: sealed", *seal_lines(other, RECORD, plain))
    case("key-on-seal", "refused: " + broken, *seal_lines(other, RECORD, plain, key_id(key)))
    put("bom.jsonl", "\ufeff" + "".join(good), "refused: it does not end in its hash")


def padded_line(first):
    """A second line of just so many bytes that a whole block is added."""
    for size in range(1, 400):
        said = compact({"seq": 2, "prev": head_of(first), "at": "2026-11-22T10:00:02Z", "by": "service_user",
                        "event": "noted", "text": "x" * size})[:-1]
        if (len(said) + 75) % PAD == 0:
            return '%s,"hash":"%s"}' % (said, hashlib.sha256(said.encode()).hexdigest())
    raise ValueError


def show(folder):
    slot, secret = sys.stdin.readline().split(" ", 1)
    secret = secret.rstrip("\n").encode()
    with open(os.path.join(folder, "alongside.key"), encoding="utf-8", newline="") as file:
        key = open_key_file(file.read(), slot, secret)
    for name in sorted(os.listdir(folder)):
        if name.endswith(".jsonl"):
            with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
                for line in open_lines(key, file.read()):
                    print(line)


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("make", "open"):
        sys.exit(__doc__)
    (make if sys.argv[1] == "make" else show)(sys.argv[2])

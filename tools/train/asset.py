"""The form of assets/attack/model.bin, which src/attack/model.rs reads where it lies; it says there what stands where."""
import struct

# An n-gram with so many weights has a row of all classes, the others have a posting for each weight.
MANY = 64
# Postings come in so many together, the last of them filled up with some of no weight.
FOUR = 4
# So many classes of a row are added up together.
GROUP = 32
# So many bits of the sieve.
SIEVE = 1 << 16
# So many bits of a slot say where the record begins; the others are those of the n-gram's tag.
PLACE = 19
# What one posting holds of a weight.
LIGHTEST, HEAVIEST = -64, 63
# Classes are told by nine bits.
CLASSES = 1 << 9
# The head and the classes fill whole lines of the cache, so that the sieve and the rows begin with one.
LINE = 64


def postings(weights):
    """Gives the weights of an n-gram as postings, a heavy one in parts that add up to it."""
    found = []
    for number, weight in weights:
        while weight:
            part = max(LIGHTEST, min(HEAVIEST, weight))
            found.append((part & 0x7F) << 9 | number)
            weight -= part
    return found + [0] * (-len(found) % FOUR)


def write(path, classes, grams):
    """Writes the model of classes (name, intercept) and n-grams (key, [(class, weight in steps)]), classes in order."""
    assert len(classes) <= CLASSES
    slots = [0] * (1 << (len(grams) * 3 // 2).bit_length())
    width = -(-len(classes) // GROUP) * GROUP
    sieve, rows, records = bytearray(SIEVE // 8), bytearray(), bytearray()
    # Common n-grams have many weights: these lie together, so that few lines of the cache hold what most sentences ask for.
    for key, weights in sorted(grams, key=lambda gram: -len(gram[1])):
        tag, at = key >> 32, key % len(slots)
        while slots[at]:
            at = (at + 1) % len(slots)
        slots[at] = tag << PLACE & 0xFFFFFFFF | len(records) // 2 + 1
        assert len(records) // 2 + 1 < 1 << PLACE
        sieve[tag % SIEVE // 8] |= 1 << tag % 8
        if len(weights) >= MANY:
            records += struct.pack("<IH", tag, MANY + len(rows) // width)
            row = dict(weights)
            rows += struct.pack(f"{width}b", *(row.get(number, 0) for number in range(width)))
        else:
            told = postings(weights)
            assert len(told) // FOUR < MANY
            records += struct.pack(f"<IH{len(told)}H", tag, len(told) // FOUR, *told)
    head = bytearray(struct.pack("<4sIII", b"HDM2", len(classes), len(slots), len(rows) // width))
    for name, intercept in classes:
        technique, _, sub = name.removesuffix("*").partition(".")
        head += struct.pack("<HHHhf", int(technique[1:]), int(sub or 0), name.endswith("*"), 0, intercept)
    head += bytes(-len(head) % LINE)
    whole = head + sieve + rows + struct.pack(f"<{len(slots)}I", *slots) + records
    path.write_bytes(whole)
    print(f"{path}: {len(classes)} classes, {len(grams)} n-grams, {sum(len(weights) for _, weights in grams)} weights, "
          f"{len(whole)} bytes")

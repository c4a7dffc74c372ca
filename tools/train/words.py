"""The words and n-grams of a sentence, exactly as src/reading/word.rs and src/attack/model.rs read them."""
import re

TOKEN = re.compile("[\\w&+#]+(?:(?:[.'\u2019]|(?<=[0-9]),(?=[0-9]))[\\w&+#]+)*")
HEX = re.compile(r"[0-9a-f]{16,}")
TECHNIQUE = re.compile(r"t[0-9]{4}(?:\.[0-9]{3})?")
LONGEST = 40
NUMBER, OPAQUE = "0", "0x"


def stem(word):
    """Cuts a few English endings, so that inflections meet."""
    if not (word.isascii() and word.isalpha()):
        return word
    if word in ("rate", "rates"):
        return "rate"
    n = len(word)
    if n > 5 and word.endswith("ing"):
        word = word[:-3]
    elif n > 4 and word.endswith(("ied", "ies", "ed", "es")):
        word = word[:-2]
    elif n > 3 and word.endswith("s") and word[-2] not in "sui":
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("y"):
        return word[:-1] + "i"
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "lse":
        word = word[:-1]
    return word


def read(token):
    """Gives the stem and the file extension of a token."""
    word = token.lower().replace("\u2019", "'")
    if len(word) > LONGEST:
        return OPAQUE, None
    if word.endswith("'s"):
        word = word[:-2]
    tail = word.rsplit(".", 1)[1] if "." in word else ""
    extension = "." + tail if 2 <= len(tail) <= 4 and tail.isalpha() else None
    if all(letter in "0123456789," for letter in word):
        return NUMBER, extension
    if HEX.fullmatch(word) or TECHNIQUE.fullmatch(word):
        return OPAQUE, extension
    return stem(word), extension


def words(text):
    """Gives the stems of a text and the file extensions that stand in it."""
    tokens = [match for match in TOKEN.finditer(text) if any(letter.isalnum() for letter in match.group(0))]
    found = [(OPAQUE, None) if text.startswith("://", match.end()) else read(match.group(0)) for match in tokens]
    return [word for word, _ in found], [extension for _, extension in found if extension]


def grams(text):
    """Gives the n-grams that the model weighs, and the number of words."""
    stems, extensions = words(text)
    single = [word for word in stems if word not in (NUMBER, OPAQUE)]
    pairs = [a + " " + b for a, b in zip(stems, stems[1:])]
    return single + pairs + extensions, len(stems)


def fnv(text):
    """Hashes a text with 64-bit FNV-1a."""
    state = 0xCBF29CE484222325
    for byte in text.encode():
        state = ((state ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return state


def key(gram):
    """Gives the number by which the model knows an n-gram: of a pair, the two hashes mixed."""
    first, _, second = gram.partition(" ")
    state = fnv(first)
    if second:
        state = ((state << 5 | state >> 59) & 0xFFFFFFFFFFFFFFFF ^ fnv(second)) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return state

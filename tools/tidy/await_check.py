"""Finds braces and lambdas inside a full expression that awaits.

GCC 12 destroys such temporaries twice, without a warning. Name the value first, then await. The check
reads text, not C++: it may report a harmless line, never the other way round for the shapes it knows.

usage: await_check.py FILE...   exit 1 when it found something
"""
import re
import sys

LAMBDA = re.compile(r"\[[^\[\]]*\]\s*(\(|\{|mutable)")
BRACED = re.compile(r"[\w>)=,(]\s*\{")


def bare(text):
    """The same text with comments and literals blanked, lines kept."""
    keep_lines = lambda found: re.sub(r"[^\n]", " ", found[0])
    text = re.sub(r"/\*.*?\*/|//[^\n]*", keep_lines, text, flags=re.S)
    return re.sub(r'"(\\.|[^"\\\n])*"|\'(\\.|[^\'\\\n])+\'', '""', text)


def awaiting_expression(text, start):
    """From co_await to the end of its full expression: a `;`, or the bracket that encloses it."""
    depth = 0
    for end in range(start, len(text)):
        c = text[end]
        if c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
            if depth < 0:
                return text[start:end], text[end:]
        elif c == ";" and depth == 0:
            return text[start:end], ""
    return text[start:], ""


def faults(text):
    text = bare(text)
    for found in re.finditer(r"\bco_await\b", text):
        expression, _ = awaiting_expression(text, found.end())
        # `if (co_await x) {`: the block is not part of the expression.
        if BRACED.search(expression) or LAMBDA.search(expression):
            yield text.count("\n", 0, found.start()) + 1, " ".join(expression.split())[:80]


def main(paths):
    bad = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line, what in faults(file.read()):
                bad += 1
                print(f"{path}:{line}: name this value before co_await: {what}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The house rules that no compiler knows: who may include whom, what core may name, what awaits.

The links between the CMake targets enforce most of it; this test says it in one table and finds the
include that slips through a shared include path.
"""
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools" / "tidy"))
import await_check  # noqa: E402

# folder -> the folders of ours it may include, beside itself
MAY_INCLUDE = {
    "src/core": set(),
    "src/ports": {"src/core"},
    "src/log": set(),
    "src/intake": {"src/core"},
    "src/messages": {"src/core", "src/intake"},
    "src/settings": {"src/core", "src/intake"},
    "src/label": {"src/core"},
    "src/ledger": {"src/core", "src/ports"},
    "src/runtime": {"src/core", "src/ports"},
    "src/orderdb": {"src/core", "src/ports", "src/intake"},
    "src/http": {"src/core", "src/intake"},
    "src/channel": {"src/core", "src/ports", "src/intake", "src/http"},
    "src/courier": {"src/core", "src/ports", "src/intake", "src/http"},
    "src/web": {"src/core"},
    "src/pages": set(),
    "drivers/profile": {"src/core"},
    "drivers/bus": {"src/core"},
    "drivers/modbus_device": {"src/core", "src/ports", "drivers/bus", "drivers/profile"},
    "drivers/scanner": {"src/core", "src/ports", "drivers/bus", "drivers/profile"},
    "drivers/scale": {"src/core", "src/ports", "drivers/bus", "drivers/modbus_device",
                      "drivers/profile"},
    "drivers/conveyor": {"src/core", "src/ports", "drivers/bus", "drivers/modbus_device",
                         "drivers/profile"},
    "drivers/printer": {"src/core", "src/ports", "drivers/bus", "drivers/profile"},
    "drivers/camera": {"src/core", "src/ports", "drivers/scanner"},
    "drivers/label_pages": {"src/core", "drivers/camera", "drivers/printer"},
    "drivers/sim": {"src/core"},
}
CORE_MAY_NAME = {"tl/expected.hpp"}
NOT_IN_CORE = {
    "a clock": r"\b(system_clock|steady_clock|high_resolution_clock|gettimeofday|clock_gettime)\b|\btime\(",
    "a thread": r"\bstd::(thread|jthread|mutex|atomic|async)\b",
    "chance": r"\b(std::random_device|mt19937|rand\(|randombytes)",
    "floating point": r"\b(float|double)\b",
    "an order that differs between machines": r"\bunordered_(map|set|multimap)\b",
    "a file": r"\b(fopen|ifstream|ofstream|fstream)\b",
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def sources(folder):
    return sorted(p for p in (ROOT / folder).rglob("*") if p.suffix in (".hpp", ".cpp", ".h"))


def home_of(include):
    """The folder of ours that an include names, or None for a library."""
    parts = include.split("/")
    if parts[0] == "drivers" and len(parts) > 2:
        return "drivers/" + parts[1]
    if (ROOT / "src" / parts[0]).is_dir() and len(parts) > 1:
        return "src/" + parts[0]
    return None


def bare(path):
    return await_check.bare(path.read_text(encoding="utf-8"))


class House(unittest.TestCase):
    def test_each_folder_includes_only_what_the_rule_allows(self):
        broken = []
        for folder, allowed in MAY_INCLUDE.items():
            for path in sources(folder):
                for _, include in INCLUDE.findall(path.read_text(encoding="utf-8")):
                    home = home_of(include)
                    if home and home != folder and home not in allowed:
                        broken.append(f"{path.relative_to(ROOT)} includes {include}")
        self.assertEqual(broken, [])

    def test_every_folder_has_a_rule(self):
        folders = {f"src/{p.name}" for p in (ROOT / "src").iterdir() if p.is_dir()}
        folders |= {f"drivers/{p.name}" for p in (ROOT / "drivers").iterdir() if p.is_dir()}
        self.assertEqual(folders - set(MAY_INCLUDE) - {"src/app"}, set())

    def test_core_knows_only_the_standard_library_and_itself(self):
        broken = []
        for path in sources("src/core"):
            for bracket, include in INCLUDE.findall(path.read_text(encoding="utf-8")):
                ours = bracket == '"' and include.startswith("core/")
                standard = bracket == "<" and "/" not in include and not include.endswith(".h")
                if not (ours or standard or include in CORE_MAY_NAME):
                    broken.append(f"{path.relative_to(ROOT)} includes {include}")
        self.assertEqual(broken, [])

    def test_core_is_pure(self):
        broken = []
        for path in sources("src/core"):
            text = bare(path)
            for what, pattern in NOT_IN_CORE.items():
                for found in re.finditer(pattern, text):
                    line = text.count("\n", 0, found.start()) + 1
                    broken.append(f"{path.relative_to(ROOT)}:{line} names {what}: {found[0]}")
        self.assertEqual(broken, [])

    def test_no_toml_is_parsed_before_its_bare_letters_are_sought(self):
        broken = []
        for folder in ("src", "drivers", "tools"):
            for path in sources(folder):
                text = bare(path)
                if text.count("toml::parse(") > text.count("find_bare_letter("):
                    broken.append(f"{path.relative_to(ROOT)} parses TOML unasked")
        self.assertEqual(broken, [])

    def test_nothing_is_made_inside_an_awaiting_expression(self):
        broken = []
        for folder in ("src", "drivers", "tools", "tests"):
            for path in sources(folder):
                for line, what in await_check.faults(path.read_text(encoding="utf-8")):
                    broken.append(f"{path.relative_to(ROOT)}:{line}: {what}")
        self.assertEqual(broken, [])

    def test_no_file_has_grown_too_long(self):
        long = [f"{p.relative_to(ROOT)}: {n} lines"
                for folder in ("src", "drivers", "tools")
                for p in sources(folder)
                if (n := len(p.read_text(encoding="utf-8").splitlines())) > 500]
        self.assertEqual(long, [])


class TheAwaitCheckItself(unittest.TestCase):
    def found(self, text):
        return list(await_check.faults(text))

    def test_sees_the_shapes_that_crash(self):
        for text in ("co_await take(Cmd{1, name});", "co_await send(ec, Event{Scan{code}}, token);",
                     "co_await take({.a = 1});", "auto x = co_await run([s] { return s; });"):
            self.assertTrue(self.found(text), text)

    def test_lets_the_safe_shapes_pass(self):
        for text in ("co_await timer.async_wait(token);", "if (co_await ready()) { go(); }",
                     "while (co_await next(buffer)) { use(Cmd{1}); }", 'co_await say("{}");',
                     "auto [ec, n] = co_await s.async_read_some(b, token); f(Cmd{1});"):
            self.assertEqual(self.found(text), [], text)


if __name__ == "__main__":
    unittest.main()

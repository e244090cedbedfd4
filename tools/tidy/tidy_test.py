"""Each bad snippet must be caught by its rule, and its good twin must pass."""

import copy
import pathlib
import tomllib
import unittest

import cpp_text
import tidy

CONFIG = tomllib.loads((pathlib.Path(__file__).parent / "layers.toml").read_text())
HEADER = "// One.\n// Two.\n// Test: tests/a_test.cc\n#pragma once\n"
HEADINGS = "\n".join(f"## {heading}" for heading in CONFIG["rooms"]["service_headings"])
LONG_FUNCTION = "int F() {\n" + "  G();\n" * 68 + "}\n"
WORK = "TO" + "DO"

# name of the case: (rule, path, bad text, good text)
SNIPPETS = {
    "domain includes sql": ("layer", "services/vacancies/domain/vacancy.cc",
                            '#include "common/sql/database.h"\n',
                            '#include "common/kernel/day.h"\n'),
    "domain includes proto": ("layer", "services/vacancies/domain/vacancy.cc",
                              '#include "matchgo/vacancies/v1/vacancy.pb.h"\n',
                              '#include "services/vacancies/domain/vacancy.h"\n'),
    "domain includes a clock": ("layer", "services/vacancies/domain/vacancy.cc",
                                '#include "common/time/clock.h"\n',
                                '#include "common/time/instant.h"\n'),
    "engine includes threads": ("layer", "services/scheduler/engine/plan.cc",
                                "#include <thread>\n", "#include <vector>\n"),
    "service includes neighbour": ("layer", "services/scheduler/actions/open_round.cc",
                                   '#include "services/vacancies/domain/vacancy.h"\n',
                                   '#include "services/scheduler/domain/round.h"\n'),
    "action includes grpc client": ("layer", "services/scheduler/actions/open_round.cc",
                                    '#include "services/scheduler/clients/grpc_profile_feed.h"\n',
                                    '#include "services/scheduler/clients/profile_feed.h"\n'),
    "action includes rpc": ("layer", "services/profiles/actions/erase_profile.cc",
                            '#include "services/profiles/rpc/profile_codec.h"\n',
                            '#include "services/profiles/store/profile_store.h"\n'),
    "store includes proto": ("layer", "services/profiles/store/profile_store.cc",
                             '#include "matchgo/profiles/v1/profile.pb.h"\n',
                             '#include "common/sql/query.h"\n'),
    "payload includes foreign proto": ("layer", "services/profiles/store/profile_payload.cc",
                                       '#include "matchgo/vacancies/v1/vacancy.pb.h"\n',
                                       '#include "matchgo/profiles/v1/profile.pb.h"\n'),
    "store includes soci": ("layer", "services/profiles/store/profile_store.cc",
                            "#include <soci/soci.h>\n", '#include "common/sql/query.h"\n'),
    "clean port": ("layer", "services/scheduler/clients/profile_feed.h",
                   HEADER + "#include <grpcpp/channel.h>\n", HEADER + "#include <vector>\n"),
    "common includes a service": ("layer", "common/rpc/server.cc",
                                  '#include "services/scheduler/module.h"\n',
                                  '#include "common/rpc/server.h"\n'),
    "base includes grpc": ("layer", "common/base/status.cc", "#include <grpcpp/grpcpp.h>\n",
                           '#include "absl/status/status.h"\n'),
    "product includes tests": ("layer", "common/rpc/server.cc",
                               '#include "tests/support/fake_clock.h"\n', ""),
    "short include path": ("layer", "common/rpc/server.cc", '#include "server.h"\n',
                           '#include "common/rpc/server.h"\n'),
    "matchgo includes a store": ("layer", "services/matchgo/main.cc",
                                 '#include "services/profiles/store/profile_store.h"\n',
                                 '#include "services/profiles/module.h"\n'),
    "a room nobody knows": ("layer", "common/gizmo/gizmo.cc", "int x;\n", None),
    "wall clock": ("banned", "services/profiles/rpc/a.cc",
                   "auto t = std::chrono::system_clock::now();\n", "auto t = call.now;\n"),
    "steady clock": ("banned", "services/profiles/runner/a.cc",
                     "auto t = std::chrono::steady_clock::now();\n", "auto t = call.deadline;\n"),
    "std rand": ("banned", "services/profiles/rpc/a.cc", "int x = std::rand();\n", "int x = 1;\n"),
    "random device": ("banned", "common/random/a.cc", "std::random_device d;\n", "Random r;\n"),
    "sleep in a test": ("banned", "tests/unit/a_test.cc",
                        "std::this_thread::sleep_for(1s);\n", "// sleep_for(1s)\n"),
    "getenv": ("banned", "common/rpc/a.cc", 'getenv("HOME");\n', 'Get("getenv");\n'),
    "coroutine": ("banned", "common/rpc/a.cc", "co_await x;\n", "Wait(x);\n"),
    "std regex": ("banned", "common/rpc/a.cc", "std::regex r;\n", "RE2 r;\n"),
    "assert": ("banned", "common/rpc/a.cc", "assert(x);\n", "static_assert(x);\n"),
    "try": ("banned", "services/profiles/rpc/a.cc", "try { F(); } catch (...) {}\n", "F();\n"),
    "throw": ("banned", "common/rpc/a.cc", "throw 1;\n", "return 1;\n"),
    "thread in a service": ("banned", "services/profiles/runner/a.cc", "std::jthread t;\n",
                            "std::thread::id id;\n"),
    "lock in an action": ("banned", "services/profiles/actions/a.cc", "std::mutex m;\n",
                          "int m;\n"),
    "float in the domain": ("banned", "services/profiles/domain/a.cc", "double score;\n",
                            "int score_bp;  // never a double\n"),
    "absl view in a header": ("banned", "common/rpc/a.h", HEADER + "void F(absl::string_view);\n",
                              HEADER + "void F(std::string_view);\n"),
    "printing": ("banned", "services/profiles/rpc/a.cc", "std::cout << 1;\n", "Log(1);\n"),
    "select star": ("banned", "services/profiles/store/a.cc", 'Q("select * from a");\n',
                    'Q("select id from a");\n'),
    "unfinished": ("banned", "services/profiles/rpc/a.cc", f"// {WORK}: more\n", "// More.\n"),
    "unfinished text": ("banned", "docs/a.md", f"{WORK}\n", "All done\n"),
    "bare suppression": ("banned", "common/rpc/a.cc", "F();  // NOLINT\n",
                         "F();  // NOLINT(bugprone-foo): F frees it\n"),
    "disabled test": ("banned", "tests/unit/a_test.cc", "TEST(A, DISABLED_B) {}\n",
                      "TEST(A, B) {}\n"),
    "domain noun in common": ("banned", "common/rpc/a.cc", "void PublishVacancy();\n",
                              "void Publish();  // a vacancy, say\n"),
    "noun in a literal": ("banned", "common/sql/a.cc", 'Q("select id from programmes");\n',
                          'Q("select id from event");\n'),
    "using namespace": ("banned", "common/rpc/a.h", HEADER + "using namespace std;\n",
                        HEADER + "using std::swap;\n"),
    "hash order": ("hash order", "services/scheduler/engine/a.cc",
                   "std::unordered_map<int, int> seen;\nfor (auto& [k, v] : seen) F(k);\n",
                   "std::unordered_map<int, int> seen;\nfor (int k : keys) F(seen.at(k));\n"),
    "long line": ("line", "common/rpc/a.cc", "int " + "a" * 100 + ";\n",
                  "int " + "a" * 95 + ";\n"),
    "long function": ("function", "common/rpc/a.cc",
                      LONG_FUNCTION.replace("G();", "G();\n  H();", 1), LONG_FUNCTION),
    "long method": ("function", "common/rpc/a.cc",
                    "namespace a {\nclass B {\n  B() : x_{1}, y_(2) {\n" + "    F();\n" * 70
                    + "  }\n};\n}  // namespace a\n",
                    "namespace a {\nconst int kTable[] = {\n" + "  1,\n" * 80 + "};\n}\n"),
    "long python": ("function", "tools/a.py", "def f():\n" + "    g()\n" * 71,
                    "def f():\n    g()\n"),
    "long file": ("file", "common/rpc/a.cc", "int x;\n" * 501, "int x;\n" * 499),
    "no header comment": ("header comment", "common/rpc/a.h", "#pragma once\n", HEADER),
    "header comment too long": ("header comment", "common/rpc/a.h", "// More.\n" * 6 + HEADER,
                                HEADER),
    "no pragma once": ("header comment", "common/rpc/a.h", HEADER.replace("#pragma once", ""),
                       HEADER),
    "no test named": ("header comment", "common/rpc/a.h", HEADER.replace("tests/a_test.cc", "none"),
                      HEADER),
    "test that is not there": ("header comment", "common/rpc/a.h",
                               HEADER.replace("a_test", "b_test"), HEADER),
    "file nobody builds": ("unlisted", "common/rpc/orphan.cc", "int x;\n", None),
    "junk drawer": ("name", "common/rpc/string_utils.cc", "int x;\n", None),
    "manager class": ("name", "common/rpc/a.cc", "class RoundManager {};\n", "class Rounds {};\n"),
    "interface": ("abstract", "services/profiles/store/a.cc",
                  "class Store {\n public:\n  virtual int Get(int id) const = 0;\n};\n",
                  "class Store {\n public:\n  int Get(int id) const;\n};\n"),
    "link to nothing": ("link", "docs/a.md", "See [it](../common/b.md#c).\n",
                        "[it](../services/profiles), `[x](y)`, [there](https://a.b/c), [c](#c)\n"),
    "service README": ("room", "services/profiles/README.md", "## Owns\n", HEADINGS),
}


def tree_with(path: str, text: str) -> tidy.Tree:
    """A tree that is clean but for the snippet."""
    files = {room: "" for room in CONFIG["rooms"]["readme"]}
    files |= {"tests/a_test.cc": "", "services/profiles/module.h": HEADER,
              "services/profiles/README.md": HEADINGS}
    files[path] = text
    built = [name for name in files if name.endswith(".cc") and "orphan" not in name]
    files["CMakeLists.txt"] = " ".join("${CMAKE_SOURCE_DIR}/" + name for name in built)
    return tidy.Tree(files)


class SnippetTest(unittest.TestCase):
    def test_each_bad_snippet_is_caught_once_named(self):
        for name, (rule, path, bad, _) in SNIPPETS.items():
            with self.subTest(name):
                found = tidy.check(tree_with(path, bad), CONFIG)
                self.assertEqual({f.rule for f in found if f.path == path}, {rule}, found)

    def test_each_good_twin_passes(self):
        for name, (_, path, _, good) in SNIPPETS.items():
            if good is not None:
                with self.subTest(name):
                    self.assertEqual(tidy.check(tree_with(path, good), CONFIG), [])

    def test_every_rule_has_a_snippet(self):
        names = {rule.__name__.replace("_", " ") for rule in tidy.RULES}
        spoken = {"layers": "layer", "banned words": "banned", "line length": "line",
                  "function length": "function", "file length": "file", "names": "name",
                  "abstract classes": "abstract", "rooms": "room", "markdown links": "link"}
        self.assertEqual({spoken.get(name, name) for name in names},
                         {rule for rule, *_ in SNIPPETS.values()})

    def test_every_banned_pattern_has_a_snippet(self):
        caught = set()
        for rule, path, bad, _ in SNIPPETS.values():
            if rule == "banned":
                found = tidy.check(tree_with(path, bad), CONFIG)
                caught |= {finding.text.split(": use ")[1] for finding in found}
        self.assertEqual({rule["use"] for rule in CONFIG["banned"]} - caught, set())


class DeadPatternTest(unittest.TestCase):
    """layers.toml may name only what the tree has."""

    FILES = {"common/time/clock.h": "#include <vector>\nstruct Clock {\n  virtual int F() = 0;\n};\n",
             "services/a/domain/b.h": ""}
    LIVE = {"external": {"std": "^[a-z]+$"}, "exempt": {"line": ["**/*.h"]},
            "banned": [{"pattern": "x", "in": ["common/**"], "except": ["common/time/*"]}],
            "layer": [{"name": "time", "files": ["{common,services}/**"], "external": ["std"],
                       "own": ["services/{service}/domain/*"],
                       "banned_own": ["services/*/domain/*"]}],
            "abstract": {"allowed": ["Clock"]}}

    def dead(self, section: str, **changed) -> list[str]:
        config = copy.deepcopy(self.LIVE)
        if isinstance(config[section], list):
            config[section][0] |= changed
        else:
            config[section] |= changed
        return [finding.text for finding in tidy.dead_patterns(tidy.Tree(self.FILES), config)]

    def test_what_lives_is_not_named(self):
        self.assertEqual(self.dead("layer"), [])

    def test_each_place_is_looked_at(self):
        for name, section, changed, word in [
                ("files", "layer", {"files": ["common/cache/*"]}, "common/cache/*"),
                ("one of two", "layer", {"own": ["common/{time,cache}/*"]}, "common/cache/*"),
                ("service", "layer", {"own": ["services/{service}/rpc/*"]}, "{service}/rpc"),
                ("banned_own", "layer", {"banned_own": ["services/*/rpc/*"]}, "services/*/rpc"),
                ("group of a layer", "layer", {"external": ["soci"]}, "no group 'soci'"),
                ("in", "banned", {"in": ["tests/**"]}, "tests/**"),
                ("except", "banned", {"except": ["common/exec/**"]}, "common/exec/**"),
                ("exempt", "exempt", {"line": ["**/*.svg"]}, "**/*.svg"),
                ("external", "external", {"soci": "^soci/"}, "'soci'"),
                ("abstract", "abstract", {"allowed": ["Timer"]}, "'Timer'")]:
            with self.subTest(name):
                found = self.dead(section, **changed)
                self.assertEqual(len(found), 1, found)
                self.assertIn(word, found[0])


class TextTest(unittest.TestCase):
    def test_the_line_of_a_finding(self):
        tree = tree_with("common/rpc/a.cc", "// one\n/* two\n three */\nassert(x);\n")
        self.assertEqual([f.line for f in tidy.check(tree, CONFIG)], [4])

    def test_literals_are_not_code(self):
        source = cpp_text.Source('F("a{b", \'{\', R"x(}}} " // )x", 1\'000\'000); // {\n{')
        self.assertEqual(source.code.count("{") + source.code.count("}"), 1)
        self.assertIn("1'000'000", source.code)

    def test_functions_and_their_lines(self):
        shape = cpp_text.Source(
            "namespace a {\n"
            "template <typename T = int>\nStatusOr<T> First(int x = 1) {\n  if (x) {\n  }\n}\n"
            "struct B : C {\n  B() : x_{1}, y_{2} {\n    F();\n  }\n"
            "  bool operator==(const B&) const = default;\n  int z() const { return 1; }\n};\n"
            "const auto kRows = std::to_array<Row>({\n  {1, 2},\n});\n"
            'TEST(Suite, Name) {\n  G([](int x) {\n    return x;\n  });\n}\n}\n').shape()
        self.assertEqual(shape.functions, [("First", 3, 6), ("B", 8, 10), ("z", 12, 12),
                                           ("TEST", 17, 21)])

    def test_globs(self):
        self.assertTrue(tidy.matches("services/a/domain/x/y.h", ["services/*/{domain,engine}/**"]))
        self.assertFalse(tidy.matches("services/a/b/c.h", ["services/*/c.h"]))
        self.assertTrue(tidy.matches("a.h", ["**/*.{h,cc}"]))


if __name__ == "__main__":
    unittest.main()

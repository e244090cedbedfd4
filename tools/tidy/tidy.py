"""House style as a test: layers, banned words, shapes and rooms. Rules: layers.toml.

Reads text, never runs it; knows C++ only as far as braces. Prints "path:line: rule: what to do" and
exits 1 when there is something to say. Test: tools/tidy/tidy_test.py
"""

import argparse
import ast
import dataclasses
import functools
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import tomllib

import cpp_text

TEXT_SUFFIXES = {".h", ".cc", ".py", ".proto", ".cmake", ".sql", ".md", ".toml", ".yaml", ".sh"}
BUILD_DIRECTORIES = {"build", "node_modules", ".git"}


@dataclasses.dataclass(frozen=True, order=True)
class Finding:
    path: str
    line: int
    rule: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.text}"


class Tree:
    """The files to look at, as text; a test builds one from snippets. `others` are paths only."""

    def __init__(self, files: dict[str, str], others: list[str] = ()):
        self.files = files
        self.paths = {*files, *others}
        self.folders = {str(folder) for path in self.paths
                        for folder in pathlib.PurePosixPath(path).parents}
        self._views: dict[str, cpp_text.Source] = {}

    def source(self, path: str) -> cpp_text.Source:
        if path not in self._views:
            self._views[path] = cpp_text.Source(self.files[path])
        return self._views[path]

    def ending(self, *suffixes: str) -> list[str]:
        return [path for path in self.files if path.endswith(suffixes)]


@functools.cache
def glob(pattern: str) -> re.Pattern:
    """'*' within a folder, '**' across folders, '{a,b}' alternatives; nothing else is special."""
    out, index = "", 0
    while index < len(pattern):
        if pattern.startswith("**/", index):
            out, index = out + "(?:.*/)?", index + 3
        elif pattern.startswith("**", index):
            out, index = out + ".*", index + 2
        else:
            special = {"*": "[^/]*", "{": "(?:", "}": ")", ",": "|"}
            out, index = out + special.get(pattern[index], re.escape(pattern[index])), index + 1
    return re.compile(out + r"\Z")


def matches(path: str, patterns: list[str]) -> bool:
    return any(glob(pattern).match(path) for pattern in patterns)


def service_of(path: str) -> str:
    parts = path.split("/")
    return parts[1] if parts[0] == "services" and len(parts) > 2 else ""


def external_group(include: str, config: dict) -> str:
    for group, pattern in config["external"].items():
        if re.search(pattern, include):
            return group
    return ""


def check_include(path: str, include: str, layer: dict, config: dict) -> str:
    """What is wrong with this include of `path`; empty when nothing is."""
    service, name = service_of(path), layer["name"]
    if include.startswith(("common/", "services/")):
        own = [pattern.replace("{service}", service) for pattern in layer["own"]]
        if matches(include, own) and not matches(include, layer.get("banned_own", [])):
            return ""
        return f"'{include}' does not belong in {name}: it may include {', '.join(own)}"
    if include.startswith(("tests/", "tools/")):
        return f"'{include}': product code never includes tests or tools"
    group = external_group(include, config)
    if not group:
        return (f"'{include}': write the full path from the root, "
                "or name the library in [external] of layers.toml")
    if group not in layer["external"]:
        return f"'{include}' ({group}) does not belong in {name}"
    if include in layer.get("banned_std", []):
        return f"<{include}> does not belong in {name}: pass values in instead"
    packages = [p.replace("{service}", service) for p in layer.get("proto_packages", [])]
    if packages and include.startswith("matchgo/") and include.split("/")[1] not in packages:
        return f"'{include}': {name} may use only the protos of {', '.join(packages)}"
    return ""


def layers(tree: Tree, config: dict):
    for path in tree.ending(".h", ".cc"):
        if not path.startswith(("common/", "services/")):
            continue
        layer = next((each for each in config["layer"] if matches(path, each["files"])), None)
        if layer is None:
            yield Finding(path, 1, "layer", "layers.toml has no layer for this file: name its room")
            continue
        for line, include in tree.source(path).includes():
            problem = check_include(path, include, layer, config)
            if problem:
                yield Finding(path, line, "layer", problem)


def banned_words(tree: Tree, config: dict):
    rules = [(re.compile(rule["pattern"], re.MULTILINE), rule) for rule in config["banned"]]
    for path, text in tree.files.items():
        is_cpp = path.endswith((".h", ".cc"))
        for pattern, rule in rules:
            if not matches(path, rule["in"]) or matches(path, rule.get("except", [])):
                continue
            looked_at = text
            if rule.get("code") or rule.get("strings"):
                if not is_cpp:
                    continue
                source = tree.source(path)
                looked_at = source.code if rule.get("code") else source.code_and_strings
            for hit in pattern.finditer(looked_at):
                line = looked_at.count("\n", 0, hit.start()) + 1
                word = hit.group().strip().splitlines()[0][:40]
                yield Finding(path, line, "banned", f"'{word}': use {rule['use']}")


def hash_order(tree: Tree, config: dict):
    """Iterating a hash container gives an order nobody chose."""
    declared = re.compile(
        r"\b(?:unordered_|flat_hash_|node_hash_)(?:map|set)\s*<[^;(){}]*>\s*&?\s*(\w+)")
    for path in tree.ending(".h", ".cc"):
        if not matches(path, ["services/*/{domain,engine}/**"]):
            continue
        code = tree.source(path).code
        for name in {hit.group(1) for hit in declared.finditer(code)}:
            iterated = rf"\bfor\s*\([^;)]*:\s*\*?{name}\s*\)|\b{name}\.c?begin\(\)"
            for loop in re.finditer(iterated, code):
                line = code.count("\n", 0, loop.start()) + 1
                yield Finding(path, line, "hash order",
                              f"'{name}' is a hash container: iterate a sorted vector instead")


def line_length(tree: Tree, config: dict):
    limit = config["limits"]["line"]
    # An include, an address or a resource path cannot be broken.
    unbreakable = re.compile(r'#include |https?://|\(google\.api\.http\)|resource: "')
    for path, text in tree.files.items():
        if matches(path, config["exempt"]["line"]):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) > limit and not unbreakable.search(line):
                yield Finding(path, number, "line", f"{len(line)} columns: at most {limit}")


def python_functions(text: str):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno, node.end_lineno


def function_length(tree: Tree, config: dict):
    limit = config["limits"]["function"]
    for path in tree.ending(".h", ".cc", ".py"):
        if path.endswith(".py"):
            functions = python_functions(tree.files[path])
        else:
            functions = tree.source(path).shape().functions
        for name, begin, end in functions:
            if end - begin + 1 > limit:
                yield Finding(path, begin, "function",
                              f"{name} has {end - begin + 1} lines: at most {limit}")


def file_length(tree: Tree, config: dict):
    limit = config["limits"]["file"]
    for path in tree.ending(".h", ".cc", ".proto", ".py"):
        lines = tree.files[path].count("\n")
        if lines > limit and not matches(path, config["exempt"]["file"]):
            yield Finding(path, 1, "file", f"{lines} lines: at most {limit}; is it one room?")


def header_comment(tree: Tree, config: dict):
    low, high = config["limits"]["header_comment"]
    for path in tree.ending(".h"):
        comment = []
        for line in tree.files[path].splitlines():
            if not line.startswith("//"):
                break
            comment.append(line[2:].strip())
        said = sum(1 for line in comment if line)
        if not low <= said <= high:
            yield Finding(path, 1, "header comment",
                          f"{said} lines: begin with {low} to {high} lines (what it is, what it "
                          "must not do, threads, its test)")
        if "#pragma once" not in tree.files[path]:
            yield Finding(path, 1, "header comment", "no #pragma once")
        if matches(path, config["exempt"]["header_comment_test"]):
            continue
        pointers = re.findall(r"\btests/[\w/.]*\w", " ".join(comment))
        if not pointers:
            yield Finding(path, 1, "header comment", "name its test: 'Test: tests/...'")
        for pointer in pointers:
            if pointer not in tree.files and not any(f.startswith(pointer) for f in tree.files):
                yield Finding(path, 1, "header comment", f"there is no {pointer}")


def listed_sources(tree: Tree) -> set[str]:
    listed = set()
    for path in tree.files:
        if not path.endswith("CMakeLists.txt"):
            continue
        folder = pathlib.PurePosixPath(path).parent
        text = re.sub(r"#.*", "", tree.files[path])
        for word in re.findall(r"[\w./${}-]+\.cc\b", text):
            if word.startswith("${CMAKE_SOURCE_DIR}/"):
                listed.add(word.split("/", 1)[1])
            else:
                word = word.removeprefix("${CMAKE_CURRENT_SOURCE_DIR}/")
                listed.add(str(folder / word).removeprefix("./"))
    return listed


def unlisted(tree: Tree, config: dict):
    listed = listed_sources(tree)
    for path in tree.ending(".cc"):
        if path not in listed:
            yield Finding(path, 1, "unlisted", "no CMakeLists.txt names it: nobody builds it")


def names(tree: Tree, config: dict):
    words = "|".join(config["names"]["suffixes"])
    bad_stem = re.compile(rf"(?:^|_)({words})$")
    bad_class = re.compile(rf"\b(?:class|struct)\s+(\w+(?:{words.title()}))\b")
    for path in tree.files:
        stem = pathlib.PurePosixPath(path).name.split(".")[0]
        hit = bad_stem.search(stem)
        if hit and path.endswith((".h", ".cc", ".py", ".proto")):
            yield Finding(path, 1, "name", f"'{stem}': say what it does, not '{hit.group(1)}'")
        if path.endswith((".h", ".cc")):
            code = tree.source(path).code
            for found in bad_class.finditer(code):
                line = code.count("\n", 0, found.start()) + 1
                yield Finding(path, line, "name", f"'{found.group(1)}': say what it does")


def abstract_classes(tree: Tree, config: dict):
    allowed = set(config["abstract"]["allowed"])
    for path in tree.ending(".h", ".cc"):
        if not path.startswith(("common/", "services/")):
            continue
        for name, line in tree.source(path).shape().abstract:
            if name not in allowed:
                yield Finding(path, line, "abstract",
                              f"{name} is abstract: a plain class or a function will do, or two "
                              "implementations and a line in layers.toml")


def rooms(tree: Tree, config: dict):
    for path in config["rooms"]["readme"]:
        if path not in tree.files:
            yield Finding(path, 1, "room", "this README is missing")
    wanted = config["rooms"]["service_headings"]
    for path in tree.files:
        if not re.fullmatch(r"services/\w+/module\.h", path):
            continue
        readme = path.replace("module.h", "README.md")
        found = re.findall(r"^#+ (.+?)\s*$", tree.files.get(readme, ""), re.MULTILINE)
        if [heading for heading in found if heading in wanted] != wanted:
            yield Finding(readme, 1, "room", f"headings, in this order: {' · '.join(wanted)}")


def markdown_links(tree: Tree, config: dict):
    """A link to a file or folder of this repository leads to one."""
    code = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
    for path in tree.ending(".md"):
        text = code.sub(lambda hit: re.sub(r"[^\n]", " ", hit.group()), tree.files[path])
        for hit in re.finditer(r"\]\(\s*<?([^)>\s]+)", text):
            target = hit.group(1).split("#")[0]
            if not target or re.match(r"[a-z]+:", target):
                continue
            place = os.path.normpath(os.path.join(os.path.dirname(path), target))
            if place not in tree.paths and place not in tree.folders:
                line = text.count("\n", 0, hit.start()) + 1
                yield Finding(path, line, "link", f"there is no '{target}' here")


def alternatives(pattern: str) -> list[str]:
    """'a/{b,c}' is 'a/b' and 'a/c': each has to match something."""
    hit = re.search(r"\{([^{}]*,[^{}]*)\}", pattern)
    if not hit:
        return [pattern]
    return [each for word in hit.group(1).split(",")
            for each in alternatives(pattern[:hit.start()] + word + pattern[hit.end():])]


def dead_patterns(tree: Tree, config: dict):
    """A pattern or name in layers.toml that matches nothing; what it tells must be there."""
    services = sorted({service_of(path) for path in tree.paths} - {""})
    includes = [include for path in tree.ending(".h", ".cc")
                for _, include in tree.source(path).includes()]
    abstract = {name for path in tree.ending(".h", ".cc")
                for name, _ in tree.source(path).shape().abstract}

    def alive(pattern: str) -> bool:
        globs = [glob(pattern.replace("{service}", service)) for service in services or [""]]
        return any(each.match(path) for each in globs for path in tree.paths)

    def where():
        for layer in config["layer"]:
            for key in ("files", "own", "banned_own"):
                for pattern in layer.get(key, []):
                    yield f"layer '{layer['name']}', {key}", pattern
        for rule in config["banned"]:
            for pattern in rule["in"] + rule.get("except", []):
                yield f"banned {rule['pattern']}", pattern
        for key, patterns in config["exempt"].items():
            for pattern in patterns:
                yield f"exempt {key}", pattern

    for place, pattern in where():
        for each in alternatives(pattern.replace("{service}", "\0")):
            each = each.replace("\0", "{service}")
            if not alive(each):
                yield Finding(RULES_FILE, 1, "dead", f"{place}: '{each}' matches no file")
    for layer in config["layer"]:
        for group in set(layer["external"]) - set(config["external"]):
            yield Finding(RULES_FILE, 1, "dead",
                          f"layer '{layer['name']}', external: there is no group '{group}'")
    for group in config["external"]:
        if not any(external_group(include, config) == group for include in includes):
            yield Finding(RULES_FILE, 1, "dead", f"external: nobody includes anything of '{group}'")
    for name in config["abstract"]["allowed"]:
        if name not in abstract:
            yield Finding(RULES_FILE, 1, "dead", f"abstract: no class '{name}' is abstract")


RULES_FILE = "tools/tidy/layers.toml"
RULES = [layers, banned_words, hash_order, line_length, function_length, file_length,
         header_comment, unlisted, names, abstract_classes, rooms, markdown_links]


def check(tree: Tree, config: dict) -> list[Finding]:
    return sorted({finding for rule in RULES for finding in rule(tree, config)})


def tracked_files(root: pathlib.Path) -> list[str]:
    if shutil.which("git"):
        git = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard"],
                             capture_output=True, text=True, check=False)
        if git.returncode == 0:
            return git.stdout.splitlines()
    found = []  # An unpacked archive, or a machine without git.
    for folder, folders, names_here in os.walk(root):
        folders[:] = sorted(set(folders) - BUILD_DIRECTORIES)
        found += [os.path.relpath(os.path.join(folder, name), root) for name in names_here]
    return sorted(found)


def read_tree(root: pathlib.Path) -> Tree:
    files, tracked = {}, tracked_files(root)
    for name in tracked:
        path = root / name
        script = path.suffix == "" and name.startswith(("tools/", ".ci/"))
        wanted = path.suffix in TEXT_SUFFIXES or path.name == "CMakeLists.txt" or script
        if wanted and path.is_file():
            files[name] = path.read_text(encoding="utf-8", errors="replace")
    return Tree(files, [name for name in tracked if (root / name).is_file()])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    here = pathlib.Path(__file__).resolve().parent
    parser.add_argument("--root", type=pathlib.Path, default=here.parent.parent)
    begin = time.monotonic()
    root = parser.parse_args().root
    tree = read_tree(root)
    config = tomllib.loads((here / "layers.toml").read_text())
    findings = check(tree, config) + sorted(dead_patterns(tree, config))
    for finding in findings:
        print(finding)
    seconds = time.monotonic() - begin
    print(f"tidy: {len(tree.files)} files, {len(findings)} findings, {seconds:.1f} s")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())

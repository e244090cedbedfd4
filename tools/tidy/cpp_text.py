"""C++ as text: what is code, what is comment, where functions and classes begin and end.

Not a parser: it blanks comments and strings and counts braces, which is enough for code that
clang-format keeps in shape. Test: tools/tidy/tidy_test.py
"""

import dataclasses
import functools
import re

_LITERALS = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<string>R"(?P<mark>[^(\s"]*)\(.*?\)(?P=mark)" | "(?:\\.|[^"\\\n])*")
      | (?P<char>(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+')""", re.VERBOSE | re.DOTALL)
_INCLUDE = re.compile(r'^\s*#\s*include\s*(?:<([^>\n]+)>|"([^"\n]+)")', re.MULTILINE)
_PREPROCESSOR = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
_CLASS = re.compile(
    r"\b(?:class|struct)\s+(?:\[\[\w+\]\]\s*)?(\w+)(?:\s+final)?\s*(?::[^:].*)?$", re.DOTALL)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


@dataclasses.dataclass
class Shape:
    functions: list[tuple[str, int, int]] = dataclasses.field(default_factory=list)
    abstract: list[tuple[str, int]] = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class _Scope:
    kind: str  # namespace, class, function, other
    name: str
    begin: int
    abstract: bool = False


class Source:
    def __init__(self, text: str):
        self.text = text

    @functools.cached_property
    def code(self) -> str:
        """The text with comments and literals blanked; positions and lines stay."""
        return _LITERALS.sub(lambda hit: _blank(hit.group()), self.text)

    @functools.cached_property
    def code_and_strings(self) -> str:
        return _LITERALS.sub(
            lambda hit: _blank(hit.group()) if hit.group("comment") else hit.group(), self.text)

    def includes(self):
        for hit in _INCLUDE.finditer(self.code_and_strings):
            yield self.text.count("\n", 0, hit.start()) + 1, hit.group(1) or hit.group(2)

    def shape(self) -> Shape:
        return self._shape

    @functools.cached_property
    def _shape(self) -> Shape:
        return _Scanner(_PREPROCESSOR.sub(lambda hit: _blank(hit.group()), self.code)).run()


def _flatten(head: str) -> str:
    """The head of a block with its parentheses emptied, so that what is in them does not count."""
    previous = None
    while previous != head:
        previous, head = head, re.sub(r"\([^()]+\)", "()", head)
    return head


def _classify(head: str) -> tuple[str, str]:
    flat = _flatten(head)
    if re.search(r"\bnamespace\b", flat) or re.search(r"\bextern\s*$", flat):
        return "namespace", ""
    if "()" not in flat:
        found = _CLASS.search(flat)
        return ("class", found.group(1)) if found else ("other", "")
    if re.search(r"(?<!operator)=\s*[\w:<>,\s]*$", flat):
        return "other", ""
    found = re.search(r"([\w:~]+|operator\s*\S+?)\s*\(\)", flat)
    return "function", found.group(1) if found else "function"


class _Scanner:
    """One pass over braces; inside a function only their depth matters."""

    def __init__(self, code: str):
        self._code = code
        self._stack: list[_Scope] = []
        self._shape = Shape()
        self._head = 0
        self._parentheses = 0

    def run(self) -> Shape:
        for hit in re.finditer(r"[{}();]", self._code):
            character, at = hit.group(), hit.start()
            if character == "{":
                self._open(at)
            elif character == "}":
                self._close(at)
            elif not self._in_declarations():
                continue
            elif character == "(":
                self._parentheses += 1
            elif character == ")":
                self._parentheses -= 1
            elif self._parentheses == 0:
                self._statement(at)
        return self._shape

    def _in_declarations(self) -> bool:
        return all(scope.kind in ("namespace", "class") for scope in self._stack)

    def _line(self, at: int) -> int:
        return self._code.count("\n", 0, at) + 1

    def _open(self, at: int):
        if not self._in_declarations() or self._parentheses > 0:
            self._stack.append(_Scope("other", "", at))
            return
        kind, name = _classify(self._code[self._head:at])
        self._stack.append(_Scope(kind, name, at))
        if kind in ("namespace", "class"):
            self._head = at + 1

    def _close(self, at: int):
        if not self._stack:
            return
        scope = self._stack.pop()
        # `: a_{x}, b_{y} {` is one head: what follows a brace initialiser still belongs to it.
        initialiser = re.match(r"\s*[,{]", self._code[at + 1:at + 200])
        if scope.kind == "function" and not initialiser:
            self._shape.functions.append((scope.name, self._line(scope.begin), self._line(at)))
        if scope.kind == "class" and scope.abstract:
            self._shape.abstract.append((scope.name, self._line(scope.begin)))
        if not self._in_declarations() or self._parentheses > 0:
            return
        if not initialiser:
            self._head = at + 1

    def _statement(self, at: int):
        head = self._code[self._head:at]
        if self._stack and self._stack[-1].kind == "class":
            if re.search(r"\bvirtual\b", head) and re.search(r"=\s*0\s*$", head):
                self._stack[-1].abstract = True
        self._head = at + 1

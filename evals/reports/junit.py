"""The cases of a run as JUnit XML, the form in which continuous integration shows tests.

In: results. Out: a document: a suite for each kind of case, a `failure` with what went wrong, an `error` for a crash.
Written with the standard library: the form is a dozen attributes (schema of the Jenkins xUnit plug-in).
"""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from evals.results import Results

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(results: Results) -> str:
    """The document, as text."""
    cases = results["cases"]
    root = ET.Element("testsuites", {"name": f"balise eval {_clean(results['run']['name'])}", **_counts(cases)})
    for kind in dict.fromkeys(case["kind"] for case in cases):
        of_kind = [case for case in cases if case["kind"] == kind]
        suite = ET.SubElement(root, "testsuite", {"name": _clean(kind), **_counts(of_kind)})
        for case in of_kind:
            _case(suite, case)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _counts(cases: list[Mapping[str, Any]]) -> dict[str, str]:
    crashed = sum(bool(case["failure"]) for case in cases)
    failed = sum(not case["passed"] for case in cases) - crashed
    return {
        "tests": str(len(cases)), "failures": str(failed), "errors": str(crashed), "skipped": "0",
        "time": f"{sum(case['seconds'] for case in cases):.3f}",
    }  # fmt: skip


def _case(suite: ET.Element, case: Mapping[str, Any]) -> None:
    about = {"classname": f"{_clean(case['kind'])}.{case['lang']}", "name": _clean(case["id"])}
    node = ET.SubElement(suite, "testcase", {**about, "time": f"{case['seconds']:.3f}"})
    if case["passed"]:
        return
    tag, message = ("error", case["failure"]) if case["failure"] else ("failure", case["failing_reason"])
    fault = ET.SubElement(node, tag, {"message": _clean(message), "type": _clean(case["failing_step"])})
    missing = [f"missing: {' / '.join(group)}" for group in case["missing"]]
    forbidden = [f"forbidden, yet there: {string}" for string in case["forbidden"]]
    answer = f"answer ({case['answer'].get('status')}): {case['answer'].get('text') or ''}"
    fault.text = _clean("\n".join([f"question: {case['question']}", *missing, *forbidden, answer]))


def _clean(text: object) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("\ufffd", str(text or ""))
